// Threads count in one number: with a lock, of which the thread sanitizer may report nothing, or with the argument
// 'race' without one, which it has to report.
import Dispatch
import Synchronization

final class Counter: Sendable {
  let lock = Mutex([Int]())
  nonisolated(unsafe) var count = 0
}

let counter = Counter()
let isRace = CommandLine.arguments.dropFirst().first == "race"
DispatchQueue.concurrentPerform(iterations: 8) { thread in
  for time in 0..<3_000 {
    counter.lock.withLock { list in
      // Long enough for others to wait.
      list = list.count > 500 ? [] : list + [time]
      if !isRace { counter.count += 1 }
    }
    if isRace { counter.count += 1 }
    if time.isMultiple(of: 10) { _ = counter.lock.withLockIfAvailable(\.count) }
  }
}
