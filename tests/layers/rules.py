"""The rules that check_layers.py holds the tree to: who may include whom (ARCHITECTURE.md), and where a library may show."""

# folder of core -> folders of core that its files may include besides itself. The single place where a new edge is added.
CORE_EDGES = {
    "base": set(),
    "weights": {"base"},
    "text": {"base"},
    "image": {"base"},
    "model": {"weights", "text", "image", "kernels", "base"},
    "data": {"weights", "text", "image", "base"},
    "kernels": {"base"},
    "train": {"model", "data", "weights", "text", "image", "base", "kernels"},
    "bilevel": {"train", "model", "data", "weights", "text", "image", "base", "kernels"},
    "eval": {"model", "data", "weights", "text", "image", "base"},
    "rank": {"base"},
    "generate": {"base"},
    "store": {"base"},
    "report": {"store", "eval", "rank", "base"},
    "run": {"store", "data", "eval", "rank", "text", "base"},
    "engine": {"bilevel", "train", "eval", "rank", "kernels", "model", "data", "weights", "text", "image", "base"},
}

# (folder of core, single header of another folder that it may include besides): plain structs, sizes and the interface
# that progress is reported through. Such a header must not lead back; check_layers.py finds cycles among files.
CORE_FILE_EDGES = {
    ("weights", "core/model/internvl_config.h"),
    ("train", "core/run/run_events.h"),
    ("train", "core/run/train_request.h"),
    ("train", "core/run/checkpoint_manifest.h"),
    ("train", "core/run/rank_place.h"),
    ("bilevel", "core/run/train_request.h"),
    ("bilevel", "core/run/run_events.h"),
    ("eval", "core/run/run_events.h"),
    ("rank", "core/run/run_events.h"),
    ("store", "core/run/run_events.h"),
    ("run", "core/model/internvl_config.h"),
    ("engine", "core/run/engine.h"),
    ("engine", "core/run/rank_place.h"),
    ("engine", "core/run/run_events.h"),
}

# top folder -> top folders that its files may include besides itself.
TOP_EDGES = {"core": set(), "ui": {"core"}, "app": {"ui", "core"}}

# Folders of core that only libwinnow_engine is made of: the programs open it by dlopen and include none of it.
ENGINE_FOLDERS = {"kernels", "train", "bilevel", "engine"}

TORCH = r"(torch|ATen|c10|caffe2)/"
QT = r"(Qt\w+/.*|Q[A-Z]\w*)$"

# (pattern of the included name, where it may stand as a pattern of the path, what to say)
LIBRARY_PLACES = [
    (r"qcustomplot\.h$", r"ui/plots/", "QCustomPlot shows in ui/plots only"),
    (r"spdlog/", r"core/base/log\.cpp$", "spdlog shows in core/base/log.cpp only (its fmt clashes with LibTorch's)"),
    (r"(SQLiteCpp/|sqlite3\.h$)", r"core/store/", "SQLite shows in core/store only"),
    (r"(arrow|parquet)/", r"core/data/parquet/parquet_module\.cpp$", "Arrow shows in the Parquet module only"),
    (r"gloo/", r"core/train/gloo_declarations/", "Gloo shows behind c10d only"),
    (QT, r"(ui|app)/", "core has no Qt"),
    (TORCH, r"core/", "LibTorch shows in the engine only"),
]

MAX_LINES = 500

# Files over MAX_LINES, each with the reason. An entry for a file that has become shorter fails too.
LONG_FILES = {}

# A bare QLabel takes text for HTML when it looks like it; text from data files could then open files and links.
LABEL_HOME = "ui/widgets/text_label."
BARE_LABEL = r"\bnew\s+QLabel\b|\bQLabel\s*[({]|\bQLabel\s+\w+\s*[;({=]|<QLabel>\s*\(|:\s*public\s+QLabel\b"
