extension PyTorchRun {
  /// Where a script comes from.
  enum Source: Sendable {
    /// It is started.
    case program(Launch)
    /// Another program has started it, and it has said hello: the first message waits in the reader.
    case joined(Connection, FrameReader)
  }

  /// Where a script writes.
  package enum Streams: Sendable, Equatable {
    /// To the screen.
    case shown
    /// To this process's own streams.
    case own
    /// To the recording, and from there to this process's own streams.
    case copied

    var ofChild: ChildProcess.Streams {
      switch self {
      case .shown: .piped
      case .own: .inherited
      case .copied: .copied
      }
    }
  }

  /// How a script is started.
  package struct Launch: Sendable {
    /// The interpreter and its arguments up to the script's own.
    package var arguments: [String]
    /// The environment.
    package var environment: [String: String]
    /// Where the script writes.
    package var streams = Streams.shown

    /// A script under an interpreter.
    package init(
      _ interpreter: Interpreter, _ folder: ProbeFolder, script: [String], environment: [String: String]
    ) {
      arguments = [interpreter.program, folder.start] + script
      self.environment = environment
    }
  }
}
