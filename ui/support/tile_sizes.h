#pragma once

#include "core/model/internvl_config.h"

#include <QDir>

namespace winnow::ui {

/// Tiles are counted as the checkpoint in this folder cuts them; where it has no config.json that can be read (a folder
/// that holds a tokenizer only), as InternVL3 does. `Options`: of an import, or of the view of a row.
template <typename Options>
void takeTileSizes(Options &options, const QString &checkpoint)
{
    if (checkpoint.isEmpty())
        return;
    const auto config =
        InternVLConfig::fromFile(QDir(checkpoint).filePath(QStringLiteral("config.json")).toStdString());
    if (!config.ok())
        return;
    options.tileSize = config->vision.imageSize;
    options.tokensPerTile = config->tokensPerTile();
}

} // namespace winnow::ui
