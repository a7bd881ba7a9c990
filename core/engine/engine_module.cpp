#include "core/engine/engine_impl.h"
#include "core/base/build_stamp.h"

// What the programs look up after dlopen (core/run/engine_loader.cpp). The stamp is plain text, so that it can be read
// before anything is called.
extern "C" {

extern __attribute__((visibility("default"))) const char winnow_engine_build[];
const char winnow_engine_build[] = WINNOW_BUILD_STAMP;

__attribute__((visibility("default"))) winnow::Engine *winnow_engine_create()
{
    return new winnow::EngineImpl;
}
}
