#pragma once

#include "core/data/conversation_reader.h"

namespace winnow {

/// Reads a train file; see conversation_reader.h.
inline Result<ConversationFile> readTrainRows(const std::string &path, const ConversationReadOptions &options = {})
{
    return readConversations(path, RowKind::Train, options);
}

} // namespace winnow
