import Foundation
import GRDB
import Recording
import Testing
import Trace

/// Steps that are recorded whole come back to the last bit, within their part of the budget.
struct WholeStepTests {
  private func recording(_ steps: [WholeStep], budget: Int = 64 << 20) throws -> (
    ScratchFolder, RecordingReader
  ) {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path(), budget: budget)
    writer.record(Sample.run(100))
    for step in steps {
      writer.record([.whole(step)])
      writer.flush()
    }
    writer.finish()
    return (folder, try RecordingReader(path: folder.path()))
  }

  @Test func aWholeStepComesBackAsItWas() throws {
    let step = Sample.wholeStep(7)
    let (folder, reader) = try recording([step])
    defer { withExtendedLifetime(folder) {} }
    #expect(reader.wholeSteps == [7])
    let read = try #require(try reader.wholeStep(7))
    #expect(read.visits == step.watched.visits && read.nodes == step.watched.nodes)
    #expect(read.states.map(\.valueNorm) == step.watched.states.map(\.valueNorm))
    #expect(read.loss == 0.5 && read.optimizer == "SGD lr 0.1")
    #expect(try reader.tensors(of: nil, at: 7) == step.tensors)
    #expect(try reader.tensors(of: "fc1.linear", at: 7) == Array(step.tensors.suffix(2)))
    #expect(try reader.wholeStep(8) == nil && reader.tensors(of: nil, at: 8) == [])
    let check = reader.check()
    #expect(check.problems == [])
    #expect(check.wholeSteps == [7] && check.wholeTensors == 5 && check.wholeTensorsLeftOut == 2)
  }

  @Test func stepsThatWereAskedForAreGivenUpLast() throws {
    // Each takes about 52 kB; three eighths of 1 MB have room for seven.
    let steps = (1...20).map { Sample.wholeStep($0 * 4, width: 64, isWanted: $0 == 3 || $0 == 4) }
    let (folder, reader) = try recording(steps, budget: 1 << 20)
    defer { withExtendedLifetime(folder) {} }
    let kept = reader.wholeSteps
    #expect(kept.count >= 5 && kept.count < 20)
    #expect(kept.contains(12) && kept.contains(16), "asked for")
    #expect(kept.first == 4 && kept.last == 80, "the first and the newest")
    #expect(reader.check().problems == [])
  }

  @Test func aStepBeyondTheBudgetIsLeftOut() throws {
    let (folder, reader) = try recording([Sample.wholeStep(3, width: 2_000)], budget: 1 << 20)
    defer { withExtendedLifetime(folder) {} }
    #expect(reader.wholeSteps == [])
    #expect(try reader.tensors(of: nil, at: 3) == [])
  }

  @Test func aBrokenTensorTakesItsStepAndNoOther() throws {
    let (folder, _) = try recording([Sample.wholeStep(7), Sample.wholeStep(9)])
    let queue = try DatabaseQueue(path: folder.path())
    try queue.write {
      try $0.execute(sql: "UPDATE tensors SET data = zeroblob(9) WHERE iteration = 9 AND place = 1")
    }
    try queue.close()
    let check = try RecordingReader(path: folder.path()).check()
    #expect(check.wholeSteps == [7])
    #expect(check.problems.count == 1 && check.problems.first?.contains("hole step 9") == true)
    let output = folder.path("repaired.tapedeck")
    let report = try RecordingRepair(path: folder.path()).write(to: output, replacing: false)
    #expect(report.kept.problems == [] && report.kept.wholeSteps == [7])
  }

  @Test func anOlderFileWithoutTheTablesIsIntactAndCanBeResumed() throws {
    let (folder, _) = try recording([])
    let queue = try DatabaseQueue(path: folder.path())
    try queue.write { try $0.execute(sql: "DROP TABLE tensors; DROP TABLE whole_steps") }
    try queue.close()
    let reader = try RecordingReader(path: folder.path())
    #expect(reader.check().problems == [] && reader.wholeSteps == [])
    let writer = try quietWriter(folder.path(), existing: .resume)
    writer.record([.whole(Sample.wholeStep(50))])
    writer.finish()
    #expect(try RecordingReader(path: folder.path()).wholeSteps == [50])
  }

  @Test func whatANodeHadIsFoundByItsTurn() throws {
    let tensors = Sample.wholeStep(7).tensors
    let weight = "fc1.weight"
    #expect(tensors.snapshot(of: weight, .value, after: 2)?.values == tensors[0].array.values(of: Float.self))
    #expect(tensors.snapshot(of: weight, .value, after: 3)?.values == tensors[1].array.values(of: Float.self))
    #expect(tensors.snapshot(of: weight, .update, after: 2) == nil)
    let (before, after) = (tensors[0].array.doubles(), tensors[1].array.doubles())
    #expect(
      tensors.snapshot(of: weight, .update, after: 3)?.values == zip(after, before).map { Float($0 - $1) })
    #expect(tensors.snapshot(of: "fc1.linear", .gradient, after: 1) == nil)
    let memory = tensors.snapshot(of: weight, .value, part: "momentum_buffer", after: 3)
    #expect(
      memory?.part == "momentum_buffer" && memory?.parts == ["momentum_buffer"] && memory?.remark == "float64"
    )
  }
}
