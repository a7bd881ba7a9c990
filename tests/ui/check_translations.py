"""Fails where a string of the window has no translation: reads the sources with lupdate into a copy of the catalogue.

usage: check_translations.py LUPDATE SOURCE_DIR CATALOGUE.ts
"""

import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree

PLACEHOLDER = re.compile(r"%\d|%n|\{\w+\}")


def main():
    lupdate, source, catalogue = sys.argv[1:4]
    with tempfile.TemporaryDirectory() as folder:
        copy = pathlib.Path(folder) / "copy.ts"
        shutil.copy(catalogue, copy)
        subprocess.run([lupdate, "-silent", "-I", source, "-no-obsolete", "-locations", "none", "-recursive",
                        f"{source}/ui", f"{source}/app", "-ts", str(copy)], check=True)
        root = ElementTree.parse(copy).getroot()
    count = 0
    problems = []
    for context in root.findall("context"):
        name = context.findtext("name")
        for message in context.findall("message"):
            count += 1
            english = message.findtext("source")
            translation = message.find("translation")
            forms = [form.text or "" for form in translation.findall("numerusform")] or [translation.text or ""]
            if translation.get("type") == "unfinished" or not all(forms):
                problems.append(f"{name}: not translated: {english!r}")
            for form in forms:
                if form and sorted(set(PLACEHOLDER.findall(english))) != sorted(set(PLACEHOLDER.findall(form))):
                    problems.append(f"{name}: other placeholders than {english!r}: {form!r}")
    print(f"{count} strings, {len(problems)} problems")
    print("\n".join(problems))
    return 1 if problems or count < 500 else 0


if __name__ == "__main__":
    sys.exit(main())
