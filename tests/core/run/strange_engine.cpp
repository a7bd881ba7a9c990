#include <cstdlib>

// Modules that the loader must refuse without calling anything of them: whoever calls ends here.
namespace winnow {
void goneWithAnotherBuild(int);
}

extern "C" {

#define SEEN extern __attribute__((visibility("default")))

#ifndef STRANGE_NO_ENGINE
SEEN void *winnow_engine_create();
void *winnow_engine_create()
{
    std::abort();
}
SEEN int winnow_engine_stamp(); // of earlier builds
int winnow_engine_stamp()
{
    std::abort();
}
#endif

#ifdef STRANGE_OTHER_STAMP
SEEN const char winnow_engine_build[];
const char winnow_engine_build[] = "0123456789abcdef-abi1";
/// For programs that load this module first: a core library of another build.
SEEN const char *winnow_core_build();
const char *winnow_core_build()
{
    return winnow_engine_build;
}
#endif

#ifdef STRANGE_UNRESOLVED
SEEN void callsWhatIsGone();
void callsWhatIsGone()
{
    winnow::goneWithAnotherBuild(1);
}
#endif
}
