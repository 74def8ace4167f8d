import Synchronization
import Testing
import Trace
import Training

/// What is computed again of a recording without a screen has a bound.
struct RecomputeBoundTests {
  /// A clock that is a second later each time that it is read.
  private final class Clock: Sendable {
    private let reads = Mutex(0.0)

    func now() -> Double {
      reads.withLock { reads in
        reads += 1
        return reads
      }
    }
  }

  private func run(_ bound: RecomputeBound) throws -> RecordedRun {
    let recording = MemoryRecording(keyframeEvery: 16)
    let probe = RunProbe(
      .live(forgetfulExperiment), isPaused: false, recording: RecordingPlan(recorder: recording))
    _ = try #require(probe.moment { $0.status == .finished })
    let replayed = ReplayedExperiment(try forgetfulExperiment(), recomputability: .all)
    return RecordedRun(recording, replayed, bound: bound)
  }

  @Test func aStepFarFromAKeyframeIsRefused() throws {
    let run = try run(RecomputeBound(steps: 4, seconds: 1_000) { 0 })
    let error = InspectionError.tooFar(30, keyframe: 17, most: 4)
    #expect(throws: error) { _ = try run.parameters(after: 30) }
    #expect(throws: error) { _ = try run.state(after: 30) }
    #expect(throws: error) {
      _ = try Inspection(run).moment(Inspection.Target(step: 30, phase: .update))
    }
    #expect(try !run.parameters(after: 18).arrays.isEmpty)
    #expect(
      error.description == """
        Step 30 is 13 steps after step 17, from which it would be computed again. Without a screen at most 4 steps of a \
        file of this size are computed again. Choose a step closer to a keyframe, or go there with 'tapedeck replay', \
        where q stops it.
        """)
  }

  @Test func stepsWithoutAKeyframeAmongThemAreNotAllComputedAgain() throws {
    #expect(throws: InspectionError.self) { _ = try run(RecomputeBound(steps: 4, seconds: 9) { 0 }).check() }
    let check = try run(RecomputeBound(steps: 40, seconds: 9, now: Clock().now)).check()
    #expect(check.difference == nil && check.steps > 16)
  }

  @Test func aWayThatWouldTakeTooLongIsRefusedEarly() throws {
    let run = try run(RecomputeBound(steps: 1_000, seconds: 3, now: Clock().now))
    let error = InspectionError.tooLong(30, keyframe: 17, seconds: 13, most: 3)
    #expect(throws: error) { _ = try run.parameters(after: 30) }
    #expect(try !run.parameters(after: 18).arrays.isEmpty)
  }
}
