#pragma once

#include <string>
#include <utility>
#include <variant>

namespace winnow {

/// What went wrong, as one sentence for a person: what, where (file, row, field) and what to do.
struct Error {
    std::string message;
};

/// A value or an Error. Everything that a user, a file or the network can cause is returned this way;
/// broken invariants are asserted instead.
template <typename T>
class [[nodiscard]] Result {
public:
    Result(T value) : m_state(std::in_place_index<0>, std::move(value)) {}
    Result(Error error) : m_state(std::in_place_index<1>, std::move(error)) {}

    bool ok() const { return m_state.index() == 0; }
    explicit operator bool() const { return ok(); }

    T &value() & { return std::get<0>(m_state); }
    const T &value() const & { return std::get<0>(m_state); }
    T &&value() && { return std::get<0>(std::move(m_state)); }
    T &operator*() & { return value(); }
    const T &operator*() const & { return value(); }
    T *operator->() { return &value(); }
    const T *operator->() const { return &value(); }

    const Error &error() const { return std::get<1>(m_state); }

private:
    std::variant<T, Error> m_state;
};

/// Success or an Error.
template <>
class [[nodiscard]] Result<void> {
public:
    Result() = default;
    Result(Error error) : m_error(std::move(error)), m_ok(false) {}

    bool ok() const { return m_ok; }
    explicit operator bool() const { return m_ok; }
    const Error &error() const { return m_error; }

private:
    Error m_error;
    bool m_ok = true;
};

using Status = Result<void>;

} // namespace winnow

/// Returns the error of a Status expression to the caller.
#define WINNOW_TRY(expression)                                                                                         \
    do {                                                                                                               \
        if (auto winnowStatus = (expression); !winnowStatus.ok())                                                      \
            return winnowStatus.error();                                                                               \
    } while (false)

#define WINNOW_CONCAT_INNER(a, b) a##b
#define WINNOW_CONCAT(a, b) WINNOW_CONCAT_INNER(a, b)

/// Declares `name` with the value of a Result expression, or returns its error to the caller.
#define WINNOW_ASSIGN(declaration, expression)                                                                         \
    auto WINNOW_CONCAT(winnowResult, __LINE__) = (expression);                                                         \
    if (!WINNOW_CONCAT(winnowResult, __LINE__).ok())                                                                   \
        return WINNOW_CONCAT(winnowResult, __LINE__).error();                                                          \
    declaration = std::move(WINNOW_CONCAT(winnowResult, __LINE__)).value()
