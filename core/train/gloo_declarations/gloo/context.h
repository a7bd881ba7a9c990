#pragma once

#include <chrono>

// LibTorch's wheel holds Gloo compiled into libtorch_cpu.so, and c10d's header for it, but not the headers of Gloo that
// this one includes. The files of this folder declare what c10d/ProcessGroupGloo.hpp names, and nothing more: its own
// classes hold these types by pointer only, and Winnow makes none of them, so no layout is told here that LibTorch
// could change. They are on the include path of core/train/process_group.cpp alone.
namespace gloo
{

class Context
{
public:
    void setTimeout(std::chrono::milliseconds timeout);
};

} // namespace gloo
