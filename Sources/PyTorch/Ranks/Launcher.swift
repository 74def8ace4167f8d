import Dispatch
import Foundation
import Localization
import Synchronization
import Trace

/// A program that the user starts scripts with, such as torchrun. The scripts' probes join by a socket.
///
/// Owner of the state: its mutex.
package final class Launcher: Sendable {
  /// How it is started.
  package struct Command: Sendable {
    /// The program and its arguments.
    package var arguments: [String]
    /// The environment without what leads to the probe.
    package var environment: [String: String]
    /// Where the probe is.
    package var folder: ProbeFolder
    /// Where it and its scripts write.
    package var streams: PyTorchRun.Streams
    /// What the status line calls the run.
    package var name: String

    /// A program with its arguments.
    package init(
      _ arguments: [String], environment: [String: String], _ folder: ProbeFolder,
      streams: PyTorchRun.Streams, name: String
    ) {
      self.arguments = arguments
      self.environment = environment
      self.folder = folder
      self.streams = streams
      self.name = name
    }
  }

  private struct State {
    var child: ChildProcess?
    var exitCode: Int32?
    var output: [OutputLine] = []
  }

  private let command: Command
  private let listener: RankListener
  private let onUpdate: @Sendable () -> Void
  private let state = Mutex(State())
  private let ended = DispatchGroup()
  private let readers = DispatchGroup()

  init(_ command: Command, onUpdate: @escaping @Sendable () -> Void) throws(ProbeError) {
    self.command = command
    self.onUpdate = onUpdate
    listener = try RankListener(in: PrivateFolder())
  }

  deinit { listener.stop() }

  /// What is known before a script has joined.
  var description: RunDescription {
    RunDescription(
      data: command.name, network: localized("waiting for the scripts that \(program) starts…"),
      optimizer: "",
      batchSize: 0, seed: 0, epochs: 0, stepsPerEpoch: 0)
  }

  private var program: String {
    command.arguments.first.map { URL(filePath: $0).lastPathComponent } ?? ""
  }

  /// How it ended, if with an error.
  var ending: String? {
    guard let code = exitCode, code != 0 else { return nil }
    return localized("\(program) has ended with exit code \(code).")
  }

  /// The sentence for the case that no script has joined.
  var nobodyJoined: String {
    localized(
      "No script that \(program) started has joined: Python with -S, -I or -E does not load the probe.")
  }

  /// Starts it; scripts that join are handed on from a thread.
  ///
  /// - Throws: ``ProbeError/cannotStart(program:reason:)``.
  func start(
    _ join: @escaping @Sendable (ProbeMessage.Hello, Connection, FrameReader) -> Void
  ) throws(ProbeError) {
    var environment = command.environment
    environment["TAPEDECK_PROBE_SOCKET"] = listener.path
    environment["PYTHONPATH"] = ([command.folder.site] + [environment["PYTHONPATH"]].compactMap(\.self))
      .joined(separator: ":")
    let child = try ChildProcess(
      command.arguments, environment: environment.map { "\($0.key)=\($0.value)" },
      streams: command.streams.ofChild)
    state.withLock { $0.child = child }
    let listener = listener
    Thread.detachNewThread { listener.accept(join) }
    if let output = child.output {
      read(output.standard, .output)
      read(output.error, .error)
    }
    ended.enter()
    Thread.detachNewThread { [self] in
      let code = child.wait()
      _ = readers.wait(timeout: .now() + 0.5)
      state.withLock { $0.exitCode = code }
      listener.stop()
      ended.leave()
      onUpdate()
    }
  }

  var exitCode: Int32? { state.withLock(\.exitCode) }

  var process: Int32? { state.withLock { $0.exitCode == nil ? $0.child?.id : nil } }

  func waitForEnd(seconds: Double) -> Bool { ended.wait(timeout: .now() + seconds) == .success }

  /// Waits a moment for what it wrote last.
  func waitForOutput(seconds: Double) { _ = readers.wait(timeout: .now() + seconds) }

  func send(signal: Int32) { state.withLock { $0.exitCode == nil ? $0.child?.send(signal: signal) : nil } }

  /// What it and its scripts have written since the last call.
  func takeOutput() -> [OutputLine] {
    state.withLock { state in
      defer { state.output = [] }
      return state.output
    }
  }

  private func read(_ descriptor: Int32, _ stream: OutputLine.Stream) {
    readers.enter()
    let target = command.streams == .copied ? stream == .output ? STDOUT_FILENO : STDERR_FILENO : nil
    Thread.detachNewThread { [self] in
      var lines = OutputLines(stream)
      ByteReading.ignoreClosedPipes()
      ByteReading.read(descriptor) { bytes in
        // Where this process's standard output is closed, the launcher's is closed too.
        if let target, !ByteReading.write(bytes, to: target) { return false }
        let new = lines.add(bytes, step: 0)
        state.withLock { state in
          for line in new { state.output.add(line) }
          state.output.removeFirst(max(0, state.output.count - RunUpdate.mostOutput))
        }
        onUpdate()
        return true
      }
      close(descriptor)
      readers.leave()
    }
  }
}
