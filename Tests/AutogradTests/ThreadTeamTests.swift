import Autograd
import Dispatch
import Foundation
import Synchronization
import Testing

struct ThreadTeamTests {
  private let team = ThreadTeam(helperCount: 3, handover: .always)

  /// How often each part was computed.
  private func calls(_ parts: Int, threads: Int, on team: ThreadTeam) -> [Int] {
    let counts = Counts(parts)
    team.run(parts, threads: threads, nanoseconds: 0) { counts.add($0) }
    return counts.values
  }

  @Test func everyPartIsComputedOnceOnAnyNumberOfThreads() {
    for round in 0..<2_000 {
      let parts = round % 23
      #expect(calls(parts, threads: 1 + round % 5, on: team) == Array(repeating: 1, count: parts))
    }
  }

  @Test func partsAreComputedAtTheSameTime() {
    let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    // Each waits for the other to have begun: one thread alone would wait for ever.
    team.run(2, threads: 2, nanoseconds: 0) { part in
      (part == 0 ? first : second).signal()
      (part == 0 ? second : first).wait()
    }
  }

  @Test func whoFindsTheTeamTakenIsAloneAndStillDone() {
    let outer = Counts(4)
    let inner = Counts(4 * 5)
    team.run(4, threads: 4, nanoseconds: 0) { part in
      outer.add(part)
      team.run(5, threads: 4, nanoseconds: 0) { inner.add(part * 5 + $0) }
    }
    #expect(outer.values == Array(repeating: 1, count: 4))
    #expect(inner.values == Array(repeating: 1, count: 20))
  }

  @Test func severalCallersDoNotMixTheirParts() {
    let counts = (0..<4).map { _ in Counts(7) }
    DispatchQueue.concurrentPerform(iterations: 4) { caller in
      for _ in 0..<500 { team.run(7, threads: 3, nanoseconds: 0) { counts[caller].add($0) } }
    }
    for count in counts { #expect(count.values == Array(repeating: 500, count: 7)) }
  }

  @Test func whatAComputationSeesIsThereWhenItIsOver() {
    var values = [Int](repeating: 0, count: 4_096)
    for round in 1...200 {
      values.withUnsafeMutableBufferPointer { buffer in
        nonisolated(unsafe) let buffer = buffer
        team.run(8, threads: 4, nanoseconds: 0) { part in
          for index in part * 512..<part * 512 + 512 { buffer[index] += 1 }
        }
      }
      #expect(values.allSatisfy { $0 == round })
    }
  }

  @Test func whileHelpersStayAwayTheCallerComputesAll() {
    let otherThreads = Counts(1)
    let caller = ThreadIdentity.current
    team.stayAway(true)
    for _ in 0..<200 {
      team.run(8, threads: 4, nanoseconds: 0) { _ in
        if ThreadIdentity.current != caller { otherThreads.add(0) }
      }
    }
    #expect(otherThreads.values == [0])
    team.stayAway(false)
    partsAreComputedAtTheSameTime()
  }

  @Test func aTeamWithoutHelpersLeavesAllToTheCaller() {
    #expect(calls(5, threads: 4, on: ThreadTeam(helperCount: 0)) == [1, 1, 1, 1, 1])
  }
}

/// Which thread this is.
private struct ThreadIdentity: Equatable, Sendable {
  private let identifier: ObjectIdentifier
  static var current: ThreadIdentity { ThreadIdentity(identifier: ObjectIdentifier(Thread.current)) }
}

/// Counters that any thread may add to.
private final class Counts: Sendable {
  private let counts: Mutex<[Int]>

  init(_ count: Int) { counts = Mutex(Array(repeating: 0, count: count)) }

  func add(_ index: Int) { counts.withLock { $0[index] += 1 } }
  var values: [Int] { counts.withLock { $0 } }
}
