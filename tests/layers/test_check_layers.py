#!/usr/bin/env python3
"""check_layers.py must find what is planted, and nothing in a tree that keeps the rules."""
import os
import tempfile
import unittest
from unittest import mock

import check_layers
import rules

GOOD = {
    "core/base/ids.h": "#pragma once\n#include <cstdint>\n",
    "core/base/log.cpp": "#include <spdlog/spdlog.h>\n",
    "core/base/CMakeLists.txt": "target_sources(winnow_core PRIVATE log.cpp)\n",
    "core/model/internvl_config.h": '#include "core/base/ids.h"\n',
    "core/model/internvl.h": '#include <ATen/ATen.h>\n#include "core/model/internvl_config.h"\n',
    "core/run/engine.h": '#include "core/model/internvl_config.h"\n',
    "core/engine/engine.cpp": '#include "core/run/engine.h"\n#include "core/model/internvl.h"\n',
    "core/store/database.cpp": "#include <sqlite3.h>\n",
    "ui/plots/plot.cpp": '#include <qcustomplot.h>\n#include "core/run/engine.h"\n',
    "ui/widgets/text_label.h": "class TextLabel : public QLabel {};\n",
    "app/gui_main.cpp": '#include "ui/plots/plot.h"\n#include <QApplication>\n',
}


class CheckLayers(unittest.TestCase):
    def check(self, check, planted):
        with tempfile.TemporaryDirectory() as root:
            for path, text in {**GOOD, **planted}.items():
                os.makedirs(os.path.join(root, os.path.dirname(path)), exist_ok=True)
                with open(os.path.join(root, path), "w", encoding="utf-8") as file:
                    file.write(text)
            return check_layers.CHECKS[check](root)

    def assertFound(self, check, path, text, *, says):
        breaches = self.check(check, {path: text})
        self.assertTrue(any(b.startswith(path) and says in b for b in breaches), f"{says!r} is not in {breaches}")

    def test_good_tree_passes_every_check(self):
        for check in check_layers.CHECKS:
            self.assertEqual(self.check(check, {}), [])

    def test_edges_have_no_cycle(self):
        done = set()
        while len(done) < len(rules.CORE_EDGES):
            ready = {f for f, to in rules.CORE_EDGES.items() if f not in done and to <= done}
            self.assertTrue(ready, f"a cycle among {set(rules.CORE_EDGES) - done}")
            done |= ready

    def test_wrong_directions(self):
        self.assertFound("includes", "core/base/a.h", '#include "ui/main_window.h"\n', says="core must not include ui")
        self.assertFound("includes", "core/base/a.h", '#include "app/services.h"\n', says="core must not include app")
        self.assertFound("includes", "ui/a.h", '#include "app/services.h"\n', says="ui must not include app")
        self.assertFound("includes", "core/base/a.h", '#include "core/data/x.h"\n', says="core/base must not")
        self.assertFound("includes", "core/run/a.h", '#include "core/engine/x.h"\n', says="core/run must not")
        self.assertFound("includes", "core/run/a.h", '#include "core/model/internvl.h"\n', says="core/run must not")
        self.assertFound("includes", "core/store/a.h", '#include "core/run/run_config.h"\n', says="core/store must not")
        self.assertFound("includes", "ui/a.cpp", '  #  include "core/train/x.h"\n', says="the engine's core/train")
        self.assertFound("includes", "core/new/a.h", '#include "core/base/ids.h"\n', says="core/new is unknown")

    def test_relative_includes(self):
        self.assertFound("includes", "core/base/a.cpp", '#include "ids.h"\n', says="path from the root")

    def test_libraries_out_of_place(self):
        self.assertFound("includes", "core/run/a.cpp", "#include <QString>\n", says="core has no Qt")
        self.assertFound("includes", "core/engine/a.cpp", "#include <QtCore/qglobal.h>\n", says="core has no Qt")
        self.assertFound("includes", "ui/pages/a.cpp", "#include <qcustomplot.h>\n", says="ui/plots only")
        self.assertFound("includes", "core/run/a.cpp", "#include <spdlog/spdlog.h>\n", says="log.cpp only")
        self.assertFound("includes", "ui/a.cpp", "#include <SQLiteCpp/SQLiteCpp.h>\n", says="core/store only")
        self.assertFound("includes", "ui/a.cpp", "#include <torch/torch.h>\n", says="engine only")

    def test_torch_through_a_header(self):
        breaches = self.check("includes", {"app/a.cpp": '#include "core/model/internvl.h"\n'})
        self.assertTrue(any("app/a.cpp, which is compiled without LibTorch" in b for b in breaches), breaches)
        breaches = self.check("includes", {"core/base/log.cpp": "#include <ATen/ATen.h>\n"})
        self.assertTrue(any("core/base/log.cpp, which is compiled without" in b for b in breaches), breaches)

    def test_rings_of_headers(self):
        breaches = self.check("includes", {"ui/a.h": '#include "ui/b.h"\n', "ui/b.h": '#include "ui/a.h"\n'})
        self.assertEqual(breaches, ["ui/b.h: includes in a ring: ui/a.h -> ui/b.h -> ui/a.h"])

    def test_long_files(self):
        self.assertFound("lengths", "core/base/a.cpp", "\n" * 501, says="501 lines")
        self.assertEqual(self.check("lengths", {"core/base/a.cpp": "\n" * 500}), [])
        with mock.patch.dict(rules.LONG_FILES, {"core/base/a.cpp": "one table"}):
            self.assertEqual(self.check("lengths", {"core/base/a.cpp": "\n" * 501}), [])
            self.assertIn("listed as long, but is not", self.check("lengths", {})[0])

    def test_names_in_pages(self):
        self.assertFound("names", "README.md", "see\n`core/base/gone.h`\n", says="README.md:2: there is no core/base/gone.h")
        self.assertEqual(self.check("names", {"README.md": "`core/base/ids.h`, `ui/plots`\n"}), [])

    def test_bare_labels(self):
        for line in ("auto *a = new QLabel(text);", "QLabel a(this);", "QLabel a;", "f(QLabel(text));",
                     "std::make_unique<QLabel>(x);", "class A : public QLabel {"):
            self.assertFound("labels", "ui/a.cpp", line + "\n", says="bare QLabel")
        harmless = 'void f(QLabel *label); // new QLabel(x)\nauto a = R"(\nQLabel { color: red; }\n)"; auto b = "QLabel {";\n'
        self.assertEqual(self.check("labels", {"ui/a.cpp": harmless}), [])
        self.assertFound("labels", "ui/a.cpp", harmless + "QLabel c;\n", says="a.cpp:5:")


if __name__ == "__main__":
    unittest.main()
