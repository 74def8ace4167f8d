import Dispatch
import Foundation
import Synchronization
import SystemCalls
import Trace

/// The script's process, and the threads that read what it and its probe say.
extension PyTorchRun {
  /// Reads the messages of a script that another program has started, until it ends.
  func follow(_ connection: Connection, _ reader: FrameReader) {
    readMessages(connection, reader)
    let code = state.withLock { state in
      // A script that runs without the probe counts as ended.
      let code = state.session.ending.exitCode ?? 0
      state.exitCode = code
      return code
    }
    update { $0.exited(code: code) }
  }

  func spawn(_ launch: Launch) throws(ProbeError) {
    let (connection, theirs) = try Connection.pair()
    defer { close(theirs) }
    var environment = launch.environment
    environment["TAPEDECK_PROBE_FD"] = "\(theirs)"
    let child = try ChildProcess(
      launch.arguments, environment: environment.map { "\($0.key)=\($0.value)" },
      streams: launch.streams.ofChild, inherits: theirs)
    state.withLock { ($0.connection, $0.child) = (connection, child) }
    inThread(readers) { $0.readMessages(connection, FrameReader()) }
    if let output = child.output {
      inThread(readers) { $0.readOutput(output.standard, .output) }
      inThread(readers) { $0.readOutput(output.error, .error) }
    }
    inThread(ended) { run in
      let code = child.wait()
      run.state.withLock { $0.exitCode = code }
      // The last messages and lines are published before the end.
      run.waitForOutput(seconds: 0.5)
      run.update { $0.exited(code: code) }
    }
  }

  func inThread(_ group: DispatchGroup, _ work: @escaping @Sendable (PyTorchRun) -> Void) {
    group.enter()
    Thread.detachNewThread { [self] in
      language.during { work(self) }
      group.leave()
    }
  }

  private func readMessages(_ connection: Connection, _ known: FrameReader) {
    var reader = known
    var problem: ProbeError?
    /// Takes the messages that have come completely; false where they are none.
    func takeAll() -> Bool {
      do throws(ProbeError) {
        while let frame = try reader.next() {
          let message = try ProbeMessage(frame)
          try take(message)
        }
        return true
      } catch {
        problem = error
        return false
      }
    }
    if takeAll() {
      connection.read { bytes in
        reader.add(bytes)
        return takeAll()
      }
    }
    let error = problem
    update { $0.lost(error) }
  }

  private func take(_ message: ProbeMessage) throws(ProbeError) {
    let problem: ProbeError? = state.withLock { state in
      switch message {
      case .memory(let devices): (state.devices, state.isAskedForDevices) = (devices, false)
      case .hello(let hello): state.joinedProcess = hello.process
      default: break
      }
      do throws(ProbeError) {
        perform(try state.session.take(message), &state)
        return nil
      } catch {
        return error
      }
    }
    if let problem { throw problem }
  }

  private func readOutput(_ descriptor: Int32, _ stream: OutputLine.Stream) {
    var lines = OutputLines(stream)
    var copy: Int32?
    if case .program(let launch) = source, launch.streams == .copied {
      copy = stream == .output ? STDOUT_FILENO : STDERR_FILENO
    }
    let target = copy
    ByteReading.ignoreClosedPipes()
    var marks = OutputMarks(word: outputMark ?? "")
    func take(_ pieces: [OutputMarks.Piece]) -> Bool {
      // Where this process's standard output is closed, the script's is closed too: it gets the error that it gets alone.
      if let target, !pieces.allSatisfy({ ByteReading.write($0.bytes[...], to: target) }) { return false }
      let seconds = (clock.now - begun) / .seconds(1)
      let latest = marks.latest
      update { session in
        let step = max(latest, session.timeline.currentStep)
        return session.wrote(
          pieces.flatMap { lines.add($0.bytes, step: $0.step ?? step, seconds: seconds) })
      }
      return true
    }
    ByteReading.read(descriptor) { bytes in take(marks.take(bytes)) }
    _ = take(marks.end())
    close(descriptor)
  }
}
