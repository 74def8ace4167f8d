import SystemCalls

/// A program that runs beside this one.
package struct ChildProcess: Sendable {
  /// What a child's standard output and standard error are.
  package enum Streams: Sendable, Equatable {
    /// Those of this process, and its standard input.
    case inherited
    /// Pipes to this process; its standard input is empty, and it has its own process group.
    case piped
    /// Pipes to this process, or pseudo-terminals where its own are terminals; its standard input is this process's.
    case copied
    /// Nowhere.
    case none
  }

  /// The process.
  package let id: pid_t
  /// Where its standard output and standard error arrive; nil unless they come to this process.
  package let output: (standard: Int32, error: Int32)?

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: the program, which is looked for as a shell does, and its arguments.
  ///   - environment: its environment, `NAME=VALUE`.
  ///   - streams: its standard streams.
  ///   - inherited: a descriptor that it gets under the same number; nil for none.
  /// - Throws: ``ProbeError/cannotStart(program:reason:)``.
  package init(
    _ arguments: [String], environment: [String], streams: Streams, inherits inherited: Int32? = nil
  ) throws(ProbeError) {
    let program = arguments.first ?? ""
    #if canImport(Darwin)
      var actions: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
    #else
      var actions = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
    #endif
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    // Signals that this process has blocked for its screen are not blocked in the script.
    var mask = sigset_t()
    sigemptyset(&mask)
    posix_spawnattr_setsigmask(&attributes, &mask)
    var flags = Int16(POSIX_SPAWN_SETSIGMASK)
    var channels: [OutputChannel] = []
    switch streams {
    case .inherited: break
    case .piped, .copied:
      do throws(ProbeError) {
        for number in [STDOUT_FILENO, STDERR_FILENO] {
          channels.append(try OutputChannel(like: streams == .copied ? number : nil))
          posix_spawn_file_actions_adddup2(&actions, channels[channels.count - 1].writer, number)
        }
      } catch {
        for channel in channels { ChildProcess.close(channel) }
        throw error
      }
      guard streams == .piped else { break }
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      flags |= Int16(POSIX_SPAWN_SETPGROUP)
      posix_spawnattr_setpgroup(&attributes, 0)
    case .none:
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
      posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0)
    }
    #if canImport(Darwin)
      if let inherited { posix_spawn_file_actions_addinherit_np(&actions, inherited) }
    #else
      // The same number twice: the copy stays open in the program.
      if let inherited { posix_spawn_file_actions_adddup2(&actions, inherited, inherited) }
    #endif
    posix_spawnattr_setflags(&attributes, flags)
    var process = pid_t()
    let failure = ChildProcess.withCStrings(arguments) { arguments in
      ChildProcess.withCStrings(environment) { environment in
        posix_spawnp(&process, program, &actions, &attributes, arguments, environment)
      }
    }
    for channel in channels { closeDescriptor(channel.writer) }
    guard failure == 0 else {
      for channel in channels { closeDescriptor(channel.reader) }
      throw .cannotStart(program: program, reason: ChildProcess.reason(failure))
    }
    id = process
    output = channels.count == 2 ? (channels[0].reader, channels[1].reader) : nil
  }

  private static func close(_ channel: OutputChannel) {
    closeDescriptor(channel.reader)
    closeDescriptor(channel.writer)
  }

  /// Waits for its end, and returns its exit code as a shell has it: 128 and the signal where one ended it.
  package func wait() -> Int32 {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 { guard errno == EINTR else { return 1 } }
    let signal = status & 0x7f
    return signal == 0 ? (status >> 8) & 0xff : 128 + signal
  }

  /// Sends it a signal.
  package func send(signal: Int32) { kill(id, signal) }

  /// The system's words for an error.
  static func reason(_ number: Int32) -> String { String(cString: strerror(number)) }

  private static func withCStrings<Result>(
    _ strings: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>) -> Result
  ) -> Result {
    var pointers: [UnsafeMutablePointer<CChar>?] = strings.map { strdup($0) }
    pointers.append(nil)
    defer { for pointer in pointers { free(pointer) } }
    return pointers.withUnsafeBufferPointer { buffer in
      // An array that ends with nil is never empty.
      guard let base = buffer.baseAddress else { preconditionFailure("an array with an element") }
      return body(base)
    }
  }
}
