import Dispatch
import Foundation
import Recording
import TapedeckKit
import Testing
import Trace
import Training

/// The learning rate changed by hand while a run is paused at the end of a step: `diff` must find that change.
struct ChangeAtTheEndOfAStep {
  private func settings(threads: Int? = nil) -> TrainSettings {
    var settings = TrainSettings(data: .toy(.xor))
    (settings.epochs, settings.threads) = (2, threads)
    return settings
  }

  /// Records a run to its end; a change is made after the last node of a step.
  private func record(
    _ name: String, in folder: URL, _ settings: TrainSettings, change: Change? = nil, afterStep step: Int = 1
  ) throws -> String {
    let path = folder.appending(path: name).path(percentEncoded: false)
    let writer = try RecordingWriter(path: path)
    let plan = RecordingPlan(
      recorder: writer, settings: settings.recorded, program: "tapedeck", machine: "here")
    let arrival = DispatchSemaphore(value: 0)
    let runner = Runner(
      .live { try settings.makeExperiment() }, recording: plan, now: { 0 }, limits: HistoryLimits(),
      onUpdate: { arrival.signal() })
    func pause() throws -> RunUpdate {
      repeat {
        let update = runner.takeUpdate()
        if update.status == .paused || update.status == .finished { return update }
      } while arrival.wait(timeout: .now() + 10) == .success
      return try #require(nil, "the run does not pause")
    }
    runner.start(isPaused: true, pace: nil)
    _ = try pause()
    if let change {
      let nodes = try #require(try settings.makeExperiment().model.namedParameters().count)
      runner.send(.goTo(Position(step: step, phase: .update, node: nodes - 1)))
      _ = try pause()
      runner.send(.change(change, future: .dropped))
      _ = try pause()
    }
    runner.send(.run)
    while try pause().status != .finished {}
    runner.send(.quit)
    _ = runner.waitForEnd(seconds: 10)
    writer.finish()
    return path
  }

  private func difference(
    _ change: Change?, afterStep step: Int = 1, threads: Int? = nil
  ) throws -> RunDifference {
    let folder = FileManager.default.temporaryDirectory.appending(path: "diff-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let one = try record("one.tapedeck", in: folder, settings())
    let other = try record(
      "other.tapedeck", in: folder, settings(threads: threads), change: change, afterStep: step)
    return try RunDifference(one, other, ReplayedRun())
  }

  @Test(arguments: [3, 8])
  func theLearningRateIsNamedWithTheNextStepAndItsUpdate(step: Int) throws {
    let change = Change.hyperparameter(name: "lr", value: 0.01)
    let text = RunDifferenceText(try difference(change, afterStep: step))
    #expect(
      text.sentence.hasPrefix("They diverge in step \(step + 1), in update of fc1.weight: norm "),
      "\(text.sentence)")
    #expect(
      text.sentence.hasSuffix(
        "; lr 0.1 and 0.01; the second run was changed by hand in step \(step), update: lr 0.1 → 0.01."),
      "\(text.sentence)")
  }

  @Test func aWeightThatWasSetIsNamed() throws {
    let change = Change.cell(parameter: "fc1.bias", index: [2], value: 0.5)
    let text = RunDifferenceText(try difference(change, afterStep: 3))
    #expect(
      text.sentence.hasPrefix("They differ already at the start of step 4: fc1.bias, norm "),
      "\(text.sentence)")
    #expect(
      text.sentence.contains("; the second run was changed by hand in step 3, update: fc1.bias"),
      "\(text.sentence)")
  }

  @Test func anotherNumberOfThreadsIsNoDifference() throws {
    let text = RunDifferenceText(try difference(nil, threads: 2))
    #expect(text.lines.contains("The settings are the same."), "\(text.lines)")
    #expect(text.sentence.hasPrefix("They are the same to the bit"))
  }
}
