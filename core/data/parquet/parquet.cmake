# libwinnow_parquet.so, opened by dlopen when the first Parquet file is read; built where Arrow C++ is.
include(WinnowArrow)
if(TARGET winnow_arrow)
    add_library(winnow_parquet MODULE ${CMAKE_CURRENT_LIST_DIR}/parquet_module.cpp)
    target_include_directories(winnow_parquet PRIVATE ${PROJECT_SOURCE_DIR})
    target_link_libraries(winnow_parquet PRIVATE winnow_flags winnow_arrow)
    set_target_properties(winnow_parquet PROPERTIES CXX_VISIBILITY_PRESET hidden VISIBILITY_INLINES_HIDDEN ON)
endif()
