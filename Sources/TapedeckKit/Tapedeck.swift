import DebuggerUI
import Foundation
import NCursesTerminal
import TerminalUI

/// The front of the library: runs an experiment in the debugger, or without a screen.
public enum Tapedeck {
  /// How a run is to be shown.
  public struct Options: Sendable {
    /// Whether to stand before the first node.
    public var isPaused = false
    /// The most iterations a second while the screen is shown; nil for no limit.
    public var pace: Double?
    /// What the keyframes that lead back into the past may take in memory.
    public var historyBytes = 256 << 20
    /// Whether to print lines instead of showing a screen. Where output is no terminal that is so anyway.
    public var isHeadless = false
    /// Whether the lines are JSON.
    public var isJSON = false
    /// Whether the screen is to keep to ASCII.
    public var isASCIIOnly = false

    /// The debugger, running as fast as can be.
    public init() {}

    /// What a program's own arguments say: `--paused`, `--headless`, `--json`, `--ascii`; others are left to it.
    public init(arguments: [String]) {
      isPaused = arguments.contains("--paused")
      isHeadless = arguments.contains("--headless")
      isJSON = arguments.contains("--json")
      isASCIIOnly = arguments.contains("--ascii")
    }
  }

  /// Runs the experiment that `make` makes, and returns the program's exit code.
  ///
  /// `make` is called on the training queue; the debugger's screen is there before it returns.
  ///
  /// Where the terminal cannot show a screen, standard error says why and the code is 2.
  ///
  /// - Throws: without a screen, what the experiment throws.
  public static func run(
    _ options: Options = Options(), _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> Int32 {
    if options.isHeadless || options.isJSON || isatty(STDOUT_FILENO) == 0 {
      try HeadlessReport(isJSON: options.isJSON).run(make())
      return 0
    }
    return try show(options, make)
  }

  private static func show(
    _ options: Options, _ make: @escaping @Sendable () throws -> Experiment
  ) throws -> Int32 {
    NCursesTerminal.blockSignals()
    var terminalOptions = NCursesTerminal.Options(environment: ProcessInfo.processInfo.environment)
    terminalOptions.isASCIIOnly = options.isASCIIOnly
    let terminal: NCursesTerminal
    do { terminal = try NCursesTerminal(terminalOptions) } catch { return try complain("\(error)", code: 2) }
    let waker = terminal.waker
    let runner = Runner(
      make: make, now: monotonicSeconds, historyBytes: options.historyBytes, onUpdate: { waker.wake() })
    var debugger = Debugger(terminal: terminal, runner: runner, pace: options.pace)
    let end = debugger.run(isPaused: options.isPaused)
    terminal.close()
    NCursesTerminal.unblockSignals()
    runner.send(.quit)
    // A node that takes long does not hold up the way out: the process ends under it.
    _ = runner.waitForEnd(seconds: 0.05)
    return try report(end, debugger.state)
  }

  private static func complain(_ sentence: String, code: Int32) throws -> Int32 {
    try FileHandle.standardError.write(contentsOf: Data("tapedeck: \(sentence)\n".utf8))
    return code
  }

  private static func report(_ end: Debugger.End, _ state: DebuggerState) throws -> Int32 {
    if case .failed(let message) = state.status {
      return try complain(message, code: 1)
    }
    guard case .signal(let signal) = end else { return 0 }
    return switch signal {
    case .hangup: 129
    case .interrupt: 130
    case .quit: 131
    case .terminate: 143
    }
  }
}
