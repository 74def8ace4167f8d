import Dispatch
import SystemCalls

/// This program's end of the connection with the probe.
///
/// Sending never waits: what is sent goes through its own queue.
final class Connection: Sendable {
  private let descriptor: Int32
  private let writing = DispatchQueue(label: "tapedeck.probe.writing")

  /// A connected pair: this end, and the descriptor for the child.
  ///
  /// - Throws: ``ProbeError/cannotStart(program:reason:)`` where the system has no descriptors left.
  static func pair() throws(ProbeError) -> (Connection, child: Int32) {
    guard let ends = openSocketPair() else {
      throw .cannotStart(program: "socketpair", reason: ChildProcess.reason(errno))
    }
    return (Connection(ends.0), ends.1)
  }

  /// A connection over a socket, which it closes at its end.
  init(_ descriptor: Int32) { self.descriptor = descriptor }

  deinit { closeDescriptor(descriptor) }

  /// Sends a message; one that the other end no longer takes is dropped.
  func send(_ frame: Frame) {
    let bytes = frame.bytes
    writing.async { [self] in
      bytes.withUnsafeBytes { bytes in
        var sent = 0
        while sent < bytes.count {
          let count = sendBytes(
            descriptor, bytes.baseAddress?.advanced(by: sent), bytes.count - sent)
          if count < 0, errno == EINTR { continue }
          guard count > 0 else { return }
          sent += count
        }
      }
    }
  }

  /// Closes both directions once everything has been sent; reading ends.
  func disconnectWhenSent() { writing.async { [self] in shutdown(descriptor, Int32(SHUT_RDWR)) } }

  /// Reads until the other end is closed, or until `take` returns false. To be called on its own thread.
  func read(_ take: (ArraySlice<UInt8>) -> Bool) { ByteReading.read(descriptor, take) }
}

/// Reads from descriptors, and writes to them.
enum ByteReading {
  /// Writes all bytes; false where the other end takes no more, as `head` after its last line.
  static func write(_ bytes: ArraySlice<UInt8>, to descriptor: Int32) -> Bool {
    bytes.withUnsafeBytes { bytes in
      var written = 0
      while written < bytes.count {
        let count = writeDescriptor(
          descriptor, bytes.baseAddress?.advanced(by: written), bytes.count - written)
        if count < 0, errno == EINTR { continue }
        guard count > 0 else { return false }
        written += count
      }
      return true
    }
  }

  /// Makes writes to a closed pipe by this thread fail with an error instead of a signal that ends the program.
  static func ignoreClosedPipes() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGPIPE)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
  }

  /// Reads until the end, or until `take` returns false.
  static func read(_ descriptor: Int32, _ take: (ArraySlice<UInt8>) -> Bool) {
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = buffer.withUnsafeMutableBytes { readDescriptor(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0, take(buffer[..<count]) else { return }
    }
  }
}
