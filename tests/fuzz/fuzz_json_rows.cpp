#include "core/data/conversation_reader.h"
#include "core/data/test_reader.h"
#include "core/text/chat_template.h"
#include "tests/fuzz/fuzz_target.h"

using namespace winnow;

namespace
{

void readRows(const std::string &path, RowKind kind)
{
    const auto file = readConversations(path, kind);
    if (!file) {
        fuzz::require(!file.error().message.empty(), "an error must say something");
        return;
    }
    fuzz::require(!file->rows.empty(), "a file without rows must be an error");
    for (const ConversationRow &row : file->rows) {
        fuzz::require(!row.key.empty(), "every row needs a key");
        const auto prompt = placePicture(renderChat(row.turns), 1);
        fuzz::require(prompt.ok() || !prompt.error().message.empty(), "an error must say something");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const fuzz::InputFile input(data, size);
    readRows(input.path(), RowKind::Train);
    readRows(input.path(), RowKind::Meta);
    const auto questions = readQuestions(input.path());
    if (questions) {
        for (const QuestionRow &question : questions->questions)
            fuzz::require(question.candidates.size() == question.trueFalse.size(), "a truth for each candidate");
    }
    (void)detectRowKind(input.path()).ok();
    return 0;
}
