#if canImport(Glibc)
  @_exported import Glibc
#elseif canImport(Musl)
  @_exported import Musl
#elseif canImport(Darwin)
  @_exported import Darwin
#endif

// The C library of each system, and some of its calls under names that no method of the program has.

/// Closes a file, a pipe or a socket; -1 where that fails.
@discardableResult
package func closeDescriptor(_ descriptor: Int32) -> Int32 { close(descriptor) }

/// Reads at most `count` bytes; 0 at the end, -1 where reading fails.
package func readDescriptor(_ descriptor: Int32, _ bytes: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  read(descriptor, bytes, count)
}

/// Writes at most `count` bytes; -1 where writing fails.
package func writeDescriptor(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  write(descriptor, bytes, count)
}

/// Opens a file with the flags and, for a new one, the mode of `open(2)`; -1 where opening fails.
package func openFile(_ path: String, _ flags: Int32, _ mode: mode_t = 0) -> Int32 { open(path, flags, mode) }

/// Takes the next connection to a socket; -1 where there is none.
package func acceptConnection(_ descriptor: Int32) -> Int32 { accept(descriptor, nil, nil) }

/// Sends bytes; a connection whose other end is closed fails, and no signal comes.
package func sendBytes(_ descriptor: Int32, _ bytes: UnsafeRawPointer?, _ count: Int) -> Int {
  #if canImport(Darwin)
    send(descriptor, bytes, count, 0)
  #else
    send(descriptor, bytes, count, Int32(MSG_NOSIGNAL))
  #endif
}

/// A Unix-domain socket that no other program inherits; -1 where the system has none left.
package func openSocket() -> Int32 { prepared(socket(AF_UNIX, streamKind, 0)) }

/// A connected pair of them; nil where the system has none left.
package func openSocketPair() -> (Int32, Int32)? {
  var ends: [Int32] = [-1, -1]
  guard socketpair(AF_UNIX, streamKind, 0, &ends) == 0 else { return nil }
  return (prepared(ends[0]), prepared(ends[1]))
}

private var streamKind: Int32 {
  #if canImport(Glibc)
    Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
  #elseif canImport(Musl)
    SOCK_STREAM | SOCK_CLOEXEC
  #else
    SOCK_STREAM
  #endif
}

/// What Linux does when it opens a socket, or sends through it.
private func prepared(_ descriptor: Int32) -> Int32 {
  #if canImport(Darwin)
    _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
    var isOn: Int32 = 1
    setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &isOn, socklen_t(MemoryLayout<Int32>.size))
  #endif
  return descriptor
}
