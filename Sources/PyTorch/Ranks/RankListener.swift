import Foundation
import SystemCalls

/// Waits at a Unix-domain socket in a private folder for the scripts that a launcher starts.
final class RankListener: Sendable {
  /// Where the socket is.
  let path: String
  private let descriptor: Int32
  private let folder: PrivateFolder

  /// A socket that nobody has joined.
  ///
  /// - Throws: ``ProbeError/cannotLay(folder:reason:)``.
  init(in folder: PrivateFolder) throws(ProbeError) {
    self.folder = folder
    path = folder.path + "/probe"
    descriptor = openSocket()
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let bytes = Array(path.utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { place in
      place.copyBytes(from: bytes.prefix(place.count - 1))
    }
    let isBound = withUnsafePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(descriptor, address, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
      }
    }
    guard descriptor >= 0, isBound, listen(descriptor, 128) == 0 else {
      throw .cannotLay(folder: folder.path, reason: ChildProcess.reason(errno))
    }
  }

  deinit { close(descriptor) }

  /// Waits for scripts until ``stop()``, and hands each on once its first message has come. To be called on its own thread.
  func accept(_ join: (ProbeMessage.Hello, Connection, FrameReader) -> Void) {
    while true {
      let joined = acceptConnection(descriptor)
      if joined < 0, errno == EINTR || errno == ECONNABORTED { continue }
      guard joined >= 0 else { return }
      _ = fcntl(joined, F_SETFD, FD_CLOEXEC)
      let connection = Connection(joined)
      var reader = FrameReader()
      var hello: ProbeMessage.Hello?
      // The first message is a few hundred bytes, and sent at once.
      var patience = timeval(tv_sec: 5, tv_usec: 0)
      setsockopt(joined, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      connection.read { bytes in
        reader.add(bytes)
        // A copy is read, so that the run still gets the message.
        var copy = reader
        guard let frame = try? copy.next() else { return true }
        if case .hello(let said)? = try? ProbeMessage(frame) { hello = said }
        return false
      }
      patience = timeval()
      setsockopt(joined, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
      if let hello { join(hello, connection, reader) }
    }
  }

  /// Takes no more scripts.
  func stop() { shutdown(descriptor, Int32(SHUT_RDWR)) }
}
