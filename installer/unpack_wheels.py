#!/usr/bin/env python3
"""Unpacks what Winnow needs of LibTorch's, Arrow's and NVIDIA's wheels into one folder.

    unpack_wheels.py [--cuda] FOLDER WHEEL..

Kept: torch's headers and libraries without Python's binding, NVIDIA's headers and shared libraries, and of pyarrow the C++
headers and the two libraries that read Parquet. Without --cuda the large CUDA libraries of torch are left out as well. Files keep the date they have in the wheel, so that unpacking again
rebuilds nothing.
"""
import os
import re
import sys
import time
import zipfile

CUDA_LIBRARIES = ("libtorch_cuda.so", "libtorch_cuda_linalg.so", "libtorch_nvshmem.so")


def wanted(name, cuda):
    if name.endswith("/") or name.endswith((".py", ".pyi", ".a")):
        return False
    if name.startswith("torch/include/"):
        return True
    if name.startswith("torch/lib/"):
        base = os.path.basename(name)
        if name.count("/") != 2 or base == "libtorch_python.so":
            return False
        return cuda or base not in CUDA_LIBRARIES
    if name.startswith("pyarrow/"):
        return name.startswith("pyarrow/include/") or re.fullmatch(r"pyarrow/lib(arrow|parquet)\.so\.\d+", name) is not None
    if name.startswith("nvidia/"):
        return "/lib/" in name or "/include/" in name or "license" in name.lower()
    return ".dist-info/" in name and "license" in name.lower()


def unpack(wheel, folder, cuda):
    with zipfile.ZipFile(wheel) as archive:
        for entry in archive.infolist():
            if not wanted(entry.filename, cuda):
                continue
            path = archive.extract(entry, folder)  # checks the CRC, and strips '..' and absolute paths
            date = time.mktime(entry.date_time + (0, 0, -1))
            os.utime(path, (date, date))


def main(arguments):
    cuda = "--cuda" in arguments
    arguments = [a for a in arguments if a != "--cuda"]
    if len(arguments) < 2:
        sys.exit(__doc__)
    folder, wheels = arguments[0], arguments[1:]
    for wheel in wheels:
        try:
            unpack(wheel, folder, cuda)
        except (OSError, zipfile.BadZipFile, ValueError) as error:
            sys.exit(f"winnow: cannot unpack {wheel} into {folder}: {error}")


main(sys.argv[1:])
