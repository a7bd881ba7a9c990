#pragma once

#include "core/data/conversation_reader.h"

namespace winnow {

/// Reads a meta file; see conversation_reader.h.
inline Result<ConversationFile> readMetaRows(const std::string &path, const ConversationReadOptions &options = {})
{
    return readConversations(path, RowKind::Meta, options);
}

} // namespace winnow
