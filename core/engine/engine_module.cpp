#include "core/engine/engine_impl.h"

// The two functions that the programs look up after dlopen (core/run/engine_loader.cpp).
extern "C" {

__attribute__((visibility("default"))) int winnow_engine_stamp()
{
    return winnow::engineBoundaryVersion;
}

__attribute__((visibility("default"))) winnow::Engine *winnow_engine_create()
{
    return new winnow::EngineImpl;
}
}
