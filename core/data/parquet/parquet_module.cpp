// The one file that includes Arrow: libwinnow_parquet.so.
#include "core/data/parquet/parquet_rows.h"

#include <arrow/api.h>
#include <arrow/io/file.h>
#include <parquet/arrow/reader.h>
#include <parquet/exception.h>
#include <parquet/file_reader.h>

#include <exception>
#include <new>

namespace winnow
{

namespace
{

constexpr std::int64_t batchRows = 16; ///< pictures of a batch are in memory at the same time
constexpr std::int32_t maxFooterText = 64 << 20;
constexpr std::int32_t maxFooterEntries = 1 << 20;

bool isText(const arrow::DataType &type)
{
    return type.id() == arrow::Type::STRING || type.id() == arrow::Type::LARGE_STRING;
}

bool isBytes(const arrow::DataType &type)
{
    return type.id() == arrow::Type::BINARY || type.id() == arrow::Type::LARGE_BINARY;
}

ParquetColumn describe(const arrow::Field &field)
{
    ParquetColumn column;
    column.name = field.name();
    column.type = field.type()->ToString();
    const arrow::DataType &type = *field.type();
    const auto *structure = dynamic_cast<const arrow::StructType *>(&type);
    if (isText(type))
        column.kind = ParquetColumn::Kind::Text;
    else if (isBytes(type))
        column.kind = ParquetColumn::Kind::Picture;
    else if (structure && structure->GetFieldByName("bytes") && isBytes(*structure->GetFieldByName("bytes")->type()))
        column.kind = ParquetColumn::Kind::Picture;
    else if (type.id() == arrow::Type::BOOL)
        column.kind = ParquetColumn::Kind::Flag;
    else if (arrow::is_integer(type.id()) || arrow::is_floating(type.id()))
        column.kind = ParquetColumn::Kind::Number;
    return column;
}

/// Bytes of a string or binary array of either width.
void readBytes(const arrow::Array &array, std::int64_t row, ParquetCell &cell, std::string &target)
{
    std::string_view bytes;
    if (const auto *narrow = dynamic_cast<const arrow::BinaryArray *>(&array))
        bytes = narrow->GetView(row);
    else if (const auto *wide = dynamic_cast<const arrow::LargeBinaryArray *>(&array))
        bytes = wide->GetView(row);
    if (static_cast<std::int64_t>(bytes.size()) > maxParquetCell)
        cell.error = "is larger than 100 MB";
    else
        target.assign(bytes);
}

void readPicture(const arrow::Array &array, std::int64_t row, ParquetCell &cell)
{
    const auto *structure = dynamic_cast<const arrow::StructArray *>(&array);
    if (!structure)
        return readBytes(array, row, cell, cell.text);
    const auto bytes = structure->GetFieldByName("bytes");
    const auto path = structure->GetFieldByName("path");
    // A struct without bytes and path is how some writers spell "no picture".
    const bool hasBytes = bytes && !bytes->IsNull(row);
    const bool hasPath = path && isText(*path->type()) && !path->IsNull(row);
    if (hasBytes)
        readBytes(*bytes, row, cell, cell.text);
    if (hasPath)
        readBytes(*path, row, cell, cell.path);
    cell.null = !hasBytes && (!hasPath || cell.path.empty());
}

void readCell(const arrow::Array &array, std::int64_t row, ParquetColumn::Kind kind, ParquetCell &cell)
{
    cell = ParquetCell{};
    if (array.IsNull(row))
        return;
    cell.null = false;
    switch (kind) {
    case ParquetColumn::Kind::Text: return readBytes(array, row, cell, cell.text);
    case ParquetColumn::Kind::Picture: return readPicture(array, row, cell);
    case ParquetColumn::Kind::Number:
    case ParquetColumn::Kind::Flag: {
        const auto scalar = array.GetScalar(row);
        if (scalar.ok())
            cell.text = (*scalar)->ToString();
        return;
    }
    case ParquetColumn::Kind::Other: return;
    }
}

class ArrowParquetRows : public ParquetRows
{
public:
    ArrowParquetRows() : m_pool(arrow::default_memory_pool(), maxParquetMemory) { }

    Status open(const std::string &path);
    const std::vector<ParquetColumn> &columns() const override { return m_columns; }
    std::int64_t rowCount() const override { return m_rowCount; }
    Result<bool> next(std::vector<ParquetCell> &cells) override;

private:
    Result<bool> nextBatch();
    Error damaged(const std::string &why) const
    {
        return Error{m_path + ": the Parquet file cannot be read from row " + std::to_string(m_row) + " on (" + why
                     + "); fetch it again."};
    }

    std::string m_path;
    arrow::CappedMemoryPool m_pool; ///< before the readers, which give their memory back to it
    std::unique_ptr<parquet::arrow::FileReader> m_file;
    std::shared_ptr<arrow::RecordBatchReader> m_reader;
    std::shared_ptr<arrow::RecordBatch> m_batch;
    std::vector<ParquetColumn> m_columns;
    std::int64_t m_rowCount = 0;
    std::int64_t m_row = 0; ///< in the file
    std::int64_t m_inBatch = 0;
};

Status ArrowParquetRows::open(const std::string &path)
{
    m_path = path;
    const auto no = [&](const std::string &why) {
        return Error{path + ": the file is no Parquet file that can be read (" + why + ")."};
    };
    auto file = arrow::io::ReadableFile::Open(path, &m_pool);
    if (!file.ok())
        return no(file.status().message());
    parquet::ReaderProperties properties(&m_pool);
    properties.enable_buffered_stream();
    properties.set_thrift_string_size_limit(maxFooterText);
    properties.set_thrift_container_size_limit(maxFooterEntries);
    properties.set_page_checksum_verification(true);
    parquet::ArrowReaderProperties arrowProperties(false); // no threads: one core decodes, others tile
    arrowProperties.set_batch_size(batchRows);
    arrowProperties.set_pre_buffer(false);
    parquet::arrow::FileReaderBuilder builder;
    if (const auto status = builder.Open(*file, properties); !status.ok())
        return no(status.message());
    auto built = builder.memory_pool(&m_pool)->properties(arrowProperties)->Build();
    if (!built.ok())
        return no(built.status().message());
    m_file = std::move(*built);
    std::shared_ptr<arrow::Schema> schema;
    if (const auto status = m_file->GetSchema(&schema); !status.ok())
        return no(status.message());
    if (schema->num_fields() > maxParquetColumns)
        return no("it has more than 1,024 columns");
    for (const auto &field : schema->fields())
        m_columns.push_back(describe(*field));
    m_rowCount = m_file->parquet_reader()->metadata()->num_rows();
    auto reader = m_file->GetRecordBatchReader();
    if (!reader.ok())
        return no(reader.status().message());
    m_reader = std::move(*reader);
    return {};
}

Result<bool> ArrowParquetRows::nextBatch()
{
    do {
        m_inBatch = 0;
        if (const auto status = m_reader->ReadNext(&m_batch); !status.ok())
            return damaged(status.message());
        if (!m_batch)
            return false;
        // Offsets and UTF-8 come from the file; nothing of a batch is touched before this.
        if (const auto status = m_batch->ValidateFull(); !status.ok())
            return damaged(status.message());
        if (m_batch->num_columns() != static_cast<int>(m_columns.size()))
            return damaged("the number of columns changes");
    } while (m_batch->num_rows() == 0);
    return true;
}

Result<bool> ArrowParquetRows::next(std::vector<ParquetCell> &cells)
{
    try {
        if (!m_batch || m_inBatch == m_batch->num_rows()) {
            WINNOW_ASSIGN(const bool more, nextBatch());
            if (!more)
                return false;
        }
        cells.resize(m_columns.size());
        for (std::size_t c = 0; c < m_columns.size(); ++c)
            readCell(*m_batch->column(static_cast<int>(c)), m_inBatch, m_columns[c].kind, cells[c]);
        ++m_inBatch;
        ++m_row;
        return true;
    } catch (const std::bad_alloc &) {
        return damaged("out of memory");
    } catch (const std::exception &e) {
        return damaged(e.what());
    }
}

} // namespace

} // namespace winnow

extern "C" __attribute__((visibility("default"))) int winnow_parquet_version()
{
    return winnow::parquetBoundaryVersion;
}

extern "C" __attribute__((visibility("default"))) winnow::ParquetRows *winnow_parquet_open(const char *path,
                                                                                           std::string *error)
{
    try {
        auto rows = std::make_unique<winnow::ArrowParquetRows>();
        const winnow::Status status = rows->open(path);
        if (status.ok())
            return rows.release();
        *error = status.error().message;
    } catch (const std::exception &e) {
        *error = std::string(path) + ": the file is no Parquet file that can be read (" + e.what() + ").";
    }
    return nullptr;
}
