import Dispatch
import Foundation
import PyTorch
import Testing
import Trace

/// A script that runs, in one process or several, with all that it has said.
final class Watched<Run: ScriptConnection> {
  let run: Run
  var all = RunUpdate()
  private let arrival = DispatchSemaphore(value: 0)

  /// The environment of the tests' scripts: one thread, and a cache folder of the tests' own.
  static var environment: [String: String] {
    ProcessInfo.processInfo.environment.merging([
      "OMP_NUM_THREADS": "1",
      "XDG_CACHE_HOME": FileManager.default.temporaryDirectory.appending(path: "tapedeck-tests").path,
    ]) { $1 }
  }

  /// Starts what is made.
  init(isPaused: Bool = false, _ make: (_ onUpdate: @escaping @Sendable () -> Void) throws -> Run) throws {
    let arrival = arrival
    run = try make { arrival.signal() }
    run.start(isPaused: isPaused, pace: nil)
  }

  deinit { run.send(signal: SIGKILL) }

  /// Waits until something is so; what has not come after two minutes without news does not come.
  func wait(until condition: (RunUpdate) -> Bool) throws {
    while !condition(all) {
      try #require(arrival.wait(timeout: .now() + 120) == .success, "nothing has come for two minutes")
      all.append(run.takeUpdate())
    }
  }

  /// Waits for the next moment at which the run is paused.
  func waitForPause() throws -> Moment {
    (all.moment, all.status) = (nil, nil)
    try wait { $0.moment != nil && $0.status == .paused }
    return try #require(all.moment)
  }
}
