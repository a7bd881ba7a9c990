#pragma once

#include "core/data/encoded_dataset.h"
#include "core/model/internvl_config.h"

#include <string>
#include <vector>

namespace winnow {

/// A model shape with a row shape for benchmarks: demo, quarter, 1b.
struct BenchShape {
    InternVLConfig config;
    TokenIds tokens;
    int tiles = 0;
    int textTokens = 0;
    int sites = 0;

    int tokensPerRow() const { return tiles * config.tokensPerTile() + textTokens; }
};

/// Error: no such shape.
Result<BenchShape> benchShape(const std::string &name);

/// Rows of random ids and pixels in a shape's sizes, drawn from a seed.
class BenchRows : public EncodedDataset {
public:
    BenchRows(const BenchShape &shape, std::size_t rows, std::uint64_t seed);
    std::size_t size() const override { return m_rows.size(); }
    std::shared_ptr<const EncodedSample> get(std::size_t row) const override { return m_rows[row]; }

private:
    std::vector<std::shared_ptr<const EncodedSample>> m_rows;
};

} // namespace winnow
