# libwinnow_engine.so: everything that touches tensors. A module, opened by dlopen when the first run starts.
include(WinnowLibTorch)

set(WINNOW_ENGINE_PARTS engine weights model train bilevel eval kernels)
