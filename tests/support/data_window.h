#pragma once

// A window on an empty store, into which files are imported.
#include "core/base/resource_path.h"
#include "tests/core/data/temp_folder.h"
#include "tests/support/window_test.h"
#include "ui/pages/data_page.h"
#include "ui/pages/dataset_rows.h"
#include "ui/widgets/cells.h"

#include <string>

namespace winnow::ui
{

inline std::string metaRow(int number, const std::string &question, const std::string &label = "+")
{
    return R"({"id":"q)" + std::to_string(number) + R"(","subject":")" + (number % 3 ? "Art" : "Math")
        + R"(","true_false":true,"conversations":[{"from":"system","value":"Judge."},{"from":"human","value":")"
        + question + R"("},{"from":"human","value":"step \"one\""},{"from":"gpt","value":")" + label + R"("}]})" + "\n";
}

class DataWindow : public test::WindowTest
{
protected:
    void SetUp() override { openWindow(QString::fromStdString(m_folder.file("a.db")), Follow::Changes); }
    bool still() const override { return WindowTest::still() && !m_window->dataPage()->busy(); }
    ImportOptions options(const std::string &source) const
    {
        ImportOptions made;
        made.kind = ImportKind::DreamPrm;
        made.source = source;
        made.out = m_folder.file("out");
        made.tokenizer = resourceFolder() + "/demo/base";
        return made;
    }
    void import(const std::string &source)
    {
        m_window->startImport(options(source));
        settle();
    }
    template <typename Widget>
    Widget *child(const char *name) const
    {
        return m_window->findChild<Widget *>(QLatin1String(name));
    }
    DatasetRows &rows() { return m_window->dataPage()->rows(); }
    static QString cell(const QAbstractItemModel &model, int row, int column)
    {
        const auto value = model.index(row, column).data(CellRole).value<Cell>();
        const auto *text = std::get_if<TextCell>(&value);
        return text ? text->text : QString();
    }

    TempFolder m_folder;
};

} // namespace winnow::ui
