# Finds LibTorch and defines the target winnow_libtorch. Looked for, in this order:
#   1. -DWINNOW_LIBTORCH=DIR     a folder with include/ and lib/ (a libtorch archive, or the torch folder of a wheel)
#   2. .deps/torch               what installer/setup unpacks
#   3. engine-only builds: the folder of `python3 -c 'import torch'`
# Sets WINNOW_LIBTORCH_DIR, WINNOW_LIBTORCH_VERSION and WINNOW_LIBTORCH_LIBRARY_DIRS (LibTorch's own, then NVIDIA's).
#
# libtorch_cpu.so and libc10.so are linked by path, not through TorchConfig.cmake: that one asks for a CUDA toolkit as soon
# as the wheel was built with CUDA, and drags libtorch.so in. libtorch_cuda.so is opened at run time where there is a GPU.
include_guard(GLOBAL)

set(WINNOW_LIBTORCH "" CACHE PATH "LibTorch folder (with include/ and lib/); empty: .deps/torch")

function(winnow_find_libtorch out)
    if(WINNOW_LIBTORCH)
        set(${out} ${WINNOW_LIBTORCH} PARENT_SCOPE)
        return()
    endif()
    if(EXISTS ${PROJECT_SOURCE_DIR}/.deps/torch/lib/libtorch_cpu.so)
        set(${out} ${PROJECT_SOURCE_DIR}/.deps/torch PARENT_SCOPE)
        return()
    endif()
    if(NOT WINNOW_ENGINE_ONLY)
        message(FATAL_ERROR "LibTorch is not in .deps/torch. Run installer/setup, or give its folder by -DWINNOW_LIBTORCH=DIR.")
    endif()
    # find_spec reads the location without importing, which takes seconds.
    execute_process(
        COMMAND python3 -c "import importlib.util as u, os; print(os.path.dirname(u.find_spec('torch').origin))"
        OUTPUT_VARIABLE folder OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
    if(NOT status EQUAL 0)
        message(FATAL_ERROR "python3 has no torch. Give the folder of LibTorch by -DWINNOW_LIBTORCH=DIR.")
    endif()
    set(${out} ${folder} PARENT_SCOPE)
endfunction()

winnow_find_libtorch(WINNOW_LIBTORCH_DIR)
get_filename_component(WINNOW_LIBTORCH_DIR "${WINNOW_LIBTORCH_DIR}" ABSOLUTE)
foreach(file include/torch/csrc/api/include/torch/torch.h lib/libtorch_cpu.so lib/libc10.so)
    if(NOT EXISTS ${WINNOW_LIBTORCH_DIR}/${file})
        message(FATAL_ERROR "${WINNOW_LIBTORCH_DIR} is not a LibTorch folder: ${file} is missing. "
                            "Run installer/setup, or give another folder by -DWINNOW_LIBTORCH=DIR.")
    endif()
endforeach()

# Sources are written for 2.11; an older one may lack what they call, so say it before the compiler does.
set(WINNOW_LIBTORCH_VERSION "unknown")
foreach(header include/torch/headeronly/version.h include/torch/csrc/api/include/torch/version.h)
    if(WINNOW_LIBTORCH_VERSION STREQUAL "unknown" AND EXISTS ${WINNOW_LIBTORCH_DIR}/${header})
        file(STRINGS ${WINNOW_LIBTORCH_DIR}/${header} version_lines REGEX "^#define TORCH_VERSION_(MAJOR|MINOR|PATCH) [0-9]+")
        list(TRANSFORM version_lines REPLACE "^#define TORCH_VERSION_[A-Z]+ " "")
        if(version_lines)
            list(JOIN version_lines "." WINNOW_LIBTORCH_VERSION)
        endif()
    endif()
endforeach()
set_property(GLOBAL PROPERTY WINNOW_LIBTORCH_VERSION ${WINNOW_LIBTORCH_VERSION}) # the programs keep it with each run
if(NOT WINNOW_LIBTORCH_VERSION STREQUAL "unknown" AND WINNOW_LIBTORCH_VERSION VERSION_LESS 2.11)
    message(WARNING "LibTorch ${WINNOW_LIBTORCH_VERSION} in ${WINNOW_LIBTORCH_DIR}: Winnow is built and tested with 2.11.0.")
endif()

# A wheel keeps the CUDA run-time libraries that libtorch_cpu.so needs in a neighbouring folder, a libtorch archive in lib/.
file(GLOB nvidia_dirs LIST_DIRECTORIES true ${WINNOW_LIBTORCH_DIR}/../nvidia/*/lib)
set(WINNOW_LIBTORCH_LIBRARY_DIRS ${WINNOW_LIBTORCH_DIR}/lib)
foreach(dir ${nvidia_dirs})
    get_filename_component(dir ${dir} ABSOLUTE)
    list(APPEND WINNOW_LIBTORCH_LIBRARY_DIRS ${dir})
endforeach()

# std::string in LibTorch's interface has the C++11 layout in wheels since 2.7 and in "cxx11-abi" archives, else the old one.
file(STRINGS ${WINNOW_LIBTORCH_DIR}/lib/libc10.so cxx11_symbols REGEX "__cxx11" LIMIT_COUNT 1)
if(cxx11_symbols)
    set(cxx11_abi 1)
else()
    set(cxx11_abi 0)
endif()

add_library(winnow_c10 SHARED IMPORTED)
set_target_properties(winnow_c10 PROPERTIES IMPORTED_LOCATION ${WINNOW_LIBTORCH_DIR}/lib/libc10.so)
add_library(winnow_torch_cpu SHARED IMPORTED)
set_target_properties(winnow_torch_cpu PROPERTIES IMPORTED_LOCATION ${WINNOW_LIBTORCH_DIR}/lib/libtorch_cpu.so)

add_library(winnow_libtorch INTERFACE IMPORTED)
target_include_directories(winnow_libtorch SYSTEM INTERFACE
    ${WINNOW_LIBTORCH_DIR}/include ${WINNOW_LIBTORCH_DIR}/include/torch/csrc/api/include)
target_compile_definitions(winnow_libtorch INTERFACE _GLIBCXX_USE_CXX11_ABI=${cxx11_abi})
target_link_libraries(winnow_libtorch INTERFACE winnow_torch_cpu winnow_c10)
foreach(dir ${WINNOW_LIBTORCH_LIBRARY_DIRS})
    # For GNU ld, which looks for what libtorch_cpu.so needs; at run time libtorch_cpu.so finds it by its own rpath, and the
    # rpath of the build tree to libtorch_cpu.so itself comes from CMake. Nothing absolute is left after an install.
    target_link_options(winnow_libtorch INTERFACE LINKER:-rpath-link,${dir})
endforeach()

message(STATUS "LibTorch ${WINNOW_LIBTORCH_VERSION} in ${WINNOW_LIBTORCH_DIR} (C++11 ABI: ${cxx11_abi})")
