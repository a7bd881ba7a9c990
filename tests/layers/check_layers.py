#!/usr/bin/env python3
"""Reads the sources of app, core and ui and fails where they break a rule of rules.py.

    check_layers.py ROOT includes|lengths|labels|names

Prints one line for each breach: file, line, what is wrong.
"""
import os
import re
import sys

import rules

TOPS = tuple(rules.TOP_EDGES)
SOURCE_ENDINGS = (".h", ".hpp", ".cpp", ".cc", ".cu", ".cuh", ".in")
INCLUDE = re.compile(r'^\s*#\s*include\s*([<"])([^>"]+)[>"]')


def source_files(root):
    """Paths from the root, such as core/base/ids.h, of every source file."""
    found = []
    for top in TOPS:
        for folder, _, names in os.walk(os.path.join(root, top)):
            found += [os.path.relpath(os.path.join(folder, n), root) for n in names if n.endswith(SOURCE_ENDINGS)]
    return sorted(found)


def read_lines(root, path):
    with open(os.path.join(root, path), encoding="utf-8") as file:
        return file.read().splitlines()


def includes_of(root, path):
    """(line number, quote, included name) for each include of a file."""
    matches = ((number, INCLUDE.match(line)) for number, line in enumerate(read_lines(root, path), 1))
    return [(number, match[1], match[2]) for number, match in matches if match]


def direction_breach(path, name):
    """Why the file must not include that project header, or None."""
    top, to = path.split("/")[0], name.split("/")[0]
    if to != top and to not in rules.TOP_EDGES[top]:
        return f"{top} must not include {to}"
    if to != "core":
        return None
    folder = name.split("/")[1]
    if folder not in rules.CORE_EDGES:
        return f"core/{folder} is unknown to tests/layers/rules.py"
    if top != "core":
        return f"{top} must not include the engine's core/{folder}" if folder in rules.ENGINE_FOLDERS else None
    own = path.split("/")[1]
    if own not in rules.CORE_EDGES:
        return f"core/{own} is unknown to tests/layers/rules.py"
    if folder == own or folder in rules.CORE_EDGES[own] or (own, name) in rules.CORE_FILE_EDGES:
        return None
    return f"core/{own} must not include core/{folder}"


def core_library_sources(root):
    """The .cpp files that libwinnow_core is made of, from the target_sources lines of each folder's CMakeLists.txt."""
    sources = []
    for folder, _, names in os.walk(os.path.join(root, "core")):
        if "CMakeLists.txt" not in names:
            continue
        with open(os.path.join(folder, "CMakeLists.txt"), encoding="utf-8") as file:
            text = re.sub(r"#.*", "", file.read())
        for block in re.findall(r"target_sources\(\s*winnow_core\b([^)]*)\)", text):
            for word in block.split():
                path = os.path.join(folder, word)
                if word.endswith(".cpp") and os.path.exists(path):
                    sources.append(os.path.relpath(path, root))
    return sources


def torch_free_roots(root, files):
    """Every file that is compiled without LibTorch."""
    return core_library_sources(root) + [f for f in files if f.startswith(("ui/", "app/"))]


def torch_breaches(root, files):
    """LibTorch reached from a file that is compiled without it, directly or through project headers."""
    breaches, seen = [], {}
    queue = [(f, f) for f in torch_free_roots(root, files)]
    while queue:
        path, start = queue.pop()
        if path in seen:
            continue
        seen[path] = start
        for number, _, name in includes_of(root, path):
            if re.match(rules.TORCH, name):
                breaches.append(f"{path}:{number}: <{name}> comes into {start}, which is compiled without LibTorch")
            elif name.startswith(tuple(t + "/" for t in TOPS)) and os.path.exists(os.path.join(root, name)):
                queue.append((name, start))
    return breaches


def cycle_breaches(root, files):
    """Project headers that include each other in a ring, each ring named once."""
    present = set(files)
    graph = {f: [name for _, _, name in includes_of(root, f) if name in present] for f in files}
    breaches, state = [], {}

    def visit(path, trail):
        state[path] = "open"
        for to in graph[path]:
            if state.get(to) == "open":
                ring = trail[trail.index(to):] + [to]
                breaches.append(f"{path}: includes in a ring: {' -> '.join(ring)}")
            elif to not in state:
                visit(to, trail + [to])
        state[path] = "done"

    for path in files:
        if path not in state:
            visit(path, [path])
    return breaches


def check_includes(root):
    files = source_files(root)
    breaches = []
    for path in files:
        for number, quote, name in includes_of(root, path):
            where = f"{path}:{number}"
            if name.startswith(tuple(t + "/" for t in TOPS)):
                reason = direction_breach(path, name)
                if reason:
                    breaches.append(f'{where}: "{name}": {reason}')
                continue
            if quote == '"' and os.path.exists(os.path.join(root, os.path.dirname(path), name)):
                breaches.append(f'{where}: "{name}": write the path from the root of the checkout')
            for pattern, place, reason in rules.LIBRARY_PLACES:
                if re.match(pattern, name) and not re.match(place, path):
                    breaches.append(f"{where}: <{name}>: {reason}")
    return breaches + torch_breaches(root, files) + cycle_breaches(root, files)


def check_lengths(root):
    breaches = []
    lengths = {path: len(read_lines(root, path)) for path in source_files(root)}
    for path, length in lengths.items():
        if length > rules.MAX_LINES and path not in rules.LONG_FILES:
            breaches.append(f"{path}: {length} lines, {rules.MAX_LINES} are allowed without a reason in tests/layers/rules.py")
    for path, reason in rules.LONG_FILES.items():
        if lengths.get(path, 0) <= rules.MAX_LINES:
            breaches.append(f"tests/layers/rules.py: {path} is listed as long, but is not")
        if not reason.strip():
            breaches.append(f"tests/layers/rules.py: {path} is listed without a reason")
    return breaches


def blank(match):
    """As many lines as were there, so that line numbers stay true."""
    return "\n" * match[0].count("\n")


def code_only(text):
    """The text without comments and string literals."""
    strings = r'R"([^\s()\\]*)\(.*?\)\1"|"(?:\\.|[^"\\\n])*"'
    return re.sub(strings + r"|//[^\n]*|/\*.*?\*/", blank, text, flags=re.DOTALL)


def check_labels(root):
    breaches = []
    for path in source_files(root):
        if not path.startswith(("ui/", "app/")) or path.startswith(rules.LABEL_HOME):
            continue
        code = code_only("\n".join(read_lines(root, path)))
        for number, line in enumerate(code.split("\n"), 1):
            if re.search(rules.BARE_LABEL, line):
                breaches.append(f"{path}:{number}: a bare QLabel reads text as HTML; use TextLabel of ui/widgets/text_label.h")
    return breaches


def check_names(root):
    """Paths in the pages for people must exist."""
    breaches = []
    pattern = re.compile(r"`((?:app|core|ui|tests|installer|resources)/[\w./-]+)")
    for page in sorted(n for n in os.listdir(root) if n.endswith(".md")):
        for number, line in enumerate(read_lines(root, page), 1):
            for path in pattern.findall(line):
                if not os.path.exists(os.path.join(root, path)):
                    breaches.append(f"{page}:{number}: there is no {path}")
    return breaches


CHECKS = {"includes": check_includes, "lengths": check_lengths, "labels": check_labels, "names": check_names}


def main(arguments):
    if len(arguments) != 2 or arguments[1] not in CHECKS:
        sys.exit(__doc__)
    root, check = arguments
    if not source_files(root):
        sys.exit(f"{root} holds no sources of Winnow")
    breaches = CHECKS[check](root)
    for breach in breaches:
        print(breach)
    print(f"{check}: {len(source_files(root))} files, {len(breaches)} breaches")
    sys.exit(1 if breaches else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
