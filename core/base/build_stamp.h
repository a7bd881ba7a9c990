#pragma once

#include "build_stamp_value.h" // made in every build (installer/cmake/WinnowBuildStamp.cmake)
#include "core/base/export.h"

#include <string> // tells the standard library's binary interface

#define WINNOW_TEXT_OF_VALUE(value) #value
#define WINNOW_TEXT_OF(macro) WINNOW_TEXT_OF_VALUE(macro)
#ifdef _GLIBCXX_DEBUG
#define WINNOW_LIBRARY_CHECKS "-debug"
#else
#define WINNOW_LIBRARY_CHECKS ""
#endif
#define WINNOW_BUILD_STAMP WINNOW_HEADERS_HASH "-abi" WINNOW_TEXT_OF(_GLIBCXX_USE_CXX11_ABI) WINNOW_LIBRARY_CHECKS

namespace winnow {

/// Of the build that compiles this line. Structs cross between the programs, libwinnow_core.so and libwinnow_engine.so;
/// parts whose stamps differ must not call each other.
inline constexpr const char *buildStamp = WINNOW_BUILD_STAMP;

} // namespace winnow

extern "C" {
/// The stamp of libwinnow_core.so. A plain C function: it can be called whatever the builds are.
WINNOW_CORE_API const char *winnow_core_build();
}
