#pragma once

// See gloo/context.h of this folder.
namespace gloo::transport
{

class Device;
class UnboundBuffer;

} // namespace gloo::transport
