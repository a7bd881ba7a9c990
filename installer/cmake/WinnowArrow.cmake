# Finds Arrow C++ and defines the target winnow_arrow, if it is there. Looked for, in this order:
#   1. -DWINNOW_ARROW=DIR    a folder with include/ and libarrow.so.*, libparquet.so.* (the pyarrow folder of a wheel)
#   2. .deps/pyarrow         what installer/setup unpacks, unless --without-parquet was given
# Without it the Parquet module is not built; everything else is.
include_guard(GLOBAL)

set(WINNOW_ARROW "" CACHE PATH "Arrow C++ folder (include/ and libraries); empty: .deps/pyarrow")
set(arrow_dir ${PROJECT_SOURCE_DIR}/.deps/pyarrow)
if(WINNOW_ARROW)
    get_filename_component(arrow_dir "${WINNOW_ARROW}" ABSOLUTE)
endif()

file(GLOB arrow_library ${arrow_dir}/libarrow.so.*)
file(GLOB parquet_library ${arrow_dir}/libparquet.so.*)
if(EXISTS ${arrow_dir}/include/parquet/arrow/reader.h AND arrow_library AND parquet_library)
    list(GET arrow_library 0 arrow_library)
    list(GET parquet_library 0 parquet_library)
    add_library(winnow_arrow_library SHARED IMPORTED)
    set_target_properties(winnow_arrow_library PROPERTIES IMPORTED_LOCATION ${arrow_library})
    add_library(winnow_parquet_library SHARED IMPORTED)
    set_target_properties(winnow_parquet_library PROPERTIES IMPORTED_LOCATION ${parquet_library})
    add_library(winnow_arrow INTERFACE IMPORTED)
    target_include_directories(winnow_arrow SYSTEM INTERFACE ${arrow_dir}/include)
    target_link_libraries(winnow_arrow INTERFACE winnow_parquet_library winnow_arrow_library)
    message(STATUS "Arrow C++ in ${arrow_dir}")
elseif(WINNOW_ARROW)
    message(FATAL_ERROR "${arrow_dir} is not an Arrow C++ folder: include/parquet/arrow/reader.h, libarrow.so.* or "
                        "libparquet.so.* is missing.")
else()
    message(STATUS "Arrow C++ is not in .deps/pyarrow: no Parquet reader (installer/setup fetches it)")
endif()
