import CKernels
import Foundation
import Synchronization

/// Threads that take parts of a computation off the calling thread's hands.
///
/// A training step is made of pieces of a few microseconds, less than it takes to wake a thread. So a helper that has
/// nothing to do looks for work for ``patience`` before it sleeps: it is awake throughout a training loop, and costs
/// nothing in a program that computes nothing. The caller takes parts like everybody else, and all of them where the
/// helpers are late, asleep or at work for another thread; ``Handover`` says when it is better off alone.
///
/// `@unchecked Sendable`: what is not atomic is written by the one thread that holds `isTaken`, before it opens a
/// round, and read by threads that have claimed a part of that round, which ends when all its parts have.
package final class ThreadTeam: @unchecked Sendable {
  /// The team of this process: the threads products may take, less the caller's own.
  package static let shared = ThreadTeam(helperCount: ProductThreads.available - 1)

  /// Nanoseconds for which a helper looks for work before it sleeps.
  private static let patience: UInt64 = 200_000

  private typealias Work = (_ part: Int) -> Void

  private let helpers: [Helper]
  private let isTaken = Atomic<Bool>(false)
  private let absences = Atomic<Int>(0)
  private let round = Atomic<UInt64>(0)
  private let finished = Atomic<Int>(0)
  private var work: Work = { _ in }
  private var roundNumber: UInt64 = 0
  private var handover: Handover

  package init(helperCount: Int, handover: Handover = Handover()) {
    self.handover = handover
    helpers = (0..<max(0, min(helperCount, Int(UInt8.max)))).map { _ in Helper() }
    for index in helpers.indices {
      let thread = Thread { [self] in help(as: index) }
      thread.name = "tapedeck-\(index + 1)"
      thread.start()
    }
  }

  /// Calls `body` once with every number in `0..<parts`, on the calling thread and up to `threads` − 1 others.
  ///
  /// `nanoseconds` is about how long it takes on one thread.
  package func run(_ parts: Int, threads: Int, nanoseconds: Int, _ body: (_ part: Int) -> Void) {
    let helpers = min(threads - 1, helpers.count, parts - 1)
    guard helpers > 0, parts <= Int(UInt16.max), absences.load(ordering: .relaxed) == 0,
      !isTaken.exchange(true, ordering: .acquiring)
    else {
      for part in 0..<parts { body(part) }
      return
    }
    defer { isTaken.store(false, ordering: .releasing) }
    let start = ThreadTeam.now
    if handover.isDue(at: start) { measure(at: start) }
    guard handover.isWorthwhile(nanoseconds) else {
      for part in 0..<parts { body(part) }
      return
    }
    withoutActuallyEscaping(body) { body in
      work = body
      // The first part is always the caller's own: its core still has what it computed the last time.
      open(parts: parts, helpers: helpers, next: 1)
      perform(0)
      finished.add(1, ordering: .releasing)
      while takePart(as: nil) {}
      if finished.load(ordering: .acquiring) < parts {
        let own = ThreadTeam.now
        wait(for: parts)
        let end = ThreadTeam.now
        handover.note(own: own - start, waited: end - own, at: end)
      }
      work = { _ in }
    }
  }

  /// Keeps the helpers away, once for every `true` until a `false`: somebody has long work for their cores, and would
  /// stop them in the middle of a part.
  package func stayAway(_ away: Bool) {
    if away { absences.add(1, ordering: .relaxed) } else { absences.subtract(1, ordering: .relaxed) }
  }

  /// Opens a round, and wakes helpers that sleep.
  private func open(parts: Int, helpers: Int, next: Int) {
    finished.store(0, ordering: .relaxed)
    roundNumber &+= 1
    let opened = Round(number: roundNumber, helpers: helpers, parts: parts, next: next)
    // Sequentially consistent, as is what a helper does before it sleeps: one of the two sees the other.
    round.store(opened.bits, ordering: .sequentiallyConsistent)
    for index in 0..<helpers { self.helpers[index].wake() }
  }

  /// Waits for the parts that helpers have begun, and lets others run where one seems to have been stopped.
  private func wait(for parts: Int) {
    var turns = 0
    while finished.load(ordering: .acquiring) < parts {
      turns += 1
      if turns < 4096 { tapedeck_relax() } else { sched_yield() }
    }
  }

  /// Measures a handover; a helper that sleeps is woken first, and measured the next time.
  private func measure(at start: UInt64) {
    guard helpers[0].isUp else {
      helpers[0].wake()
      return handover.noteWaking(at: start)
    }
    work = { _ in }
    handover.note(roundTrip: roundTrip(), at: start)
  }

  /// Nanoseconds from asking the first helper for nothing until it has done so; nil where it does not come.
  private func roundTrip() -> UInt64? {
    let start = ThreadTeam.now
    for _ in 0..<Handover.trials where !comesForNothing() { return nil }
    return (ThreadTeam.now - start) / UInt64(Handover.trials)
  }

  /// Asks the first helper for nothing; whether it has done so in time.
  private func comesForNothing() -> Bool {
    open(parts: 1, helpers: 1, next: 0)
    var turns = 0
    while finished.load(ordering: .acquiring) < 1, turns < Handover.longest {
      turns += 1
      tapedeck_relax()
    }
    // What no helper has claimed by now, the caller does, so that the round ends.
    if takePart(as: nil) { return false }
    wait(for: 1)
    return turns < Handover.longest
  }

  private func help(as index: Int) {
    while true {
      var lastPart = ThreadTeam.now
      while ThreadTeam.now &- lastPart < ThreadTeam.patience {
        for _ in 0..<128 {
          if takePart(as: index) { lastPart = ThreadTeam.now } else { tapedeck_relax() }
        }
      }
      helpers[index].sleep { Round(bits: round.load(ordering: .sequentiallyConsistent)).isOpen(to: index) }
    }
  }

  /// Claims a part of the round and computes it; whether there was one. `index` is the helper's, nil the caller's.
  private func takePart(as index: Int?) -> Bool {
    let bits = round.load(ordering: .acquiring)
    let current = Round(bits: bits)
    guard index.map(current.isOpen) ?? current.isOpen,
      round.compareExchange(expected: bits, desired: bits + 1, ordering: .acquiringAndReleasing).exchanged
    else { return index == nil && current.isOpen }
    perform(current.next)
    finished.add(1, ordering: .releasing)
    return true
  }

  /// In a function of its own, so that the closure is let go before the part counts as finished.
  @inline(never)
  private func perform(_ part: Int) { work(part) }

  private static var now: UInt64 { DispatchTime.now().uptimeNanoseconds }
}

/// Where a helper sleeps.
private final class Helper: Sendable {
  /// Whether it is to be woken.
  private let isAsleep = Atomic<Bool>(false)
  private let isUpNow = Atomic<Bool>(true)
  private let morning = DispatchSemaphore(value: 0)

  /// Whether it looks for work; it does not yet while it is being woken.
  var isUp: Bool { isUpNow.load(ordering: .relaxed) }

  /// Sleeps until it is woken, unless there is work already.
  func sleep(unless hasWork: () -> Bool) {
    isAsleep.store(true, ordering: .sequentiallyConsistent)
    // Whoever has woken it meanwhile has sent a signal, which is then waited for.
    if hasWork(), isAsleep.exchange(false, ordering: .acquiringAndReleasing) { return }
    isUpNow.store(false, ordering: .relaxed)
    morning.wait()
    isUpNow.store(true, ordering: .relaxed)
  }

  func wake() {
    guard isAsleep.load(ordering: .sequentiallyConsistent),
      isAsleep.exchange(false, ordering: .acquiringAndReleasing)
    else { return }
    morning.signal()
  }
}

/// A computation in parts, in one word: which it is, for how many helpers, of how many parts, and which is next.
private struct Round {
  let bits: UInt64

  init(bits: UInt64) { self.bits = bits }

  init(number: UInt64, helpers: Int, parts: Int, next: Int) {
    bits = number << 40 | UInt64(helpers) << 32 | UInt64(parts) << 16 | UInt64(next)
  }

  /// The first part that nobody has claimed.
  var next: Int { Int(bits & 0xffff) }
  /// Whether some part is unclaimed.
  var isOpen: Bool { bits & 0xffff < bits >> 16 & 0xffff }

  func isOpen(to helper: Int) -> Bool { isOpen && UInt64(helper) < bits >> 32 & 0xff }
}
