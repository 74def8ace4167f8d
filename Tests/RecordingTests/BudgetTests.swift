import Foundation
import Recording
import Testing
import Trace

/// A recording stays within its budget, however long the run.
struct BudgetTests {
  private func size(_ folder: ScratchFolder) throws -> Int {
    try folder.names.filter { $0.hasPrefix("run.tapedeck") && !$0.hasSuffix("-shm") }.reduce(0) { sum, name in
      sum + (try FileManager.default.attributesOfItem(atPath: folder.path(name))[.size] as? Int ?? 0)
    }
  }

  @Test func theFileAndItsLogNeverPassTheBudget() throws {
    for budget in [3 << 19] {
      let folder = try ScratchFolder()
      let writer = try quietWriter(folder.path(), budget: budget)
      writer.record([.origin(Sample.origin()), .graph(step: 1, Sample.graph())])
      var most = 0
      for start in stride(from: 1, to: 20_000, by: 250) {
        for step in start..<start + 250 {
          if step % 50 == 1 { writer.record([.keyframe(Sample.keyframe(step, width: 64))]) }
          if step % 100 == 1 {
            writer.record([.thumbnails(step: step, Sample.thumbnails(step))])
          }
          writer.record([
            .hash(step: step, UInt64(step)), .scalars(Sample.scalars(step, norms: 6)),
          ])
        }
        writer.flush()
        most = max(most, try size(folder))
      }
      writer.finish()
      #expect(most <= budget)
      #expect(most > budget / 2)
      #expect(writer.status.problem == nil)

      let reader = try RecordingReader(path: folder.path())
      let keyframes = reader.keyframeSteps
      #expect(keyframes.count > 3 && keyframes.first == 1 && keyframes.last ?? 0 > 19_900)
      let gaps = zip(keyframes, keyframes.dropFirst()).map { $1 - $0 }.dropLast()
      #expect((gaps.max() ?? 0) <= (gaps.min() ?? 0) * 3, "\(gaps)")
      #expect(try reader.keyframe(atOrBefore: 20_000) == Sample.keyframe(keyframes.last ?? 0, width: 64))
      #expect(try !reader.thumbnails(atOrBefore: 20_000).isEmpty)
      let rows = try reader.scalars(in: 1...20_000, limit: 100_000)
      #expect(rows.first?.step == 1 && rows.last?.step == 20_000)
      for row in rows where !row.gradientNorms.isEmpty {
        #expect(row == Sample.scalars(row.step, norms: 6))
      }
    }
  }

  @Test func ofVeryManyEpochsTheNewestAndTheExtremesStay() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path(), budget: 1 << 20)
    writer.record([.origin(Sample.origin())])
    func loss(_ epoch: Int) -> Double { epoch == 1_001 ? 9 : epoch == 7_777 ? 1e-9 : 1 / Double(epoch) }
    for start in stride(from: 1, through: 20_000, by: 500) {
      writer.record(
        (start..<start + 500).map { epoch in
          .epoch(
            EpochResult(
              epoch: epoch, step: epoch * 2, loss: 5, validationLoss: loss(epoch), trainAccuracy: 0.5,
              validationAccuracy: nil, seconds: Double(epoch)))
        })
      writer.flush()
    }
    writer.finish()
    let epochs = try RecordingReader(path: folder.path()).epochs()
    #expect((64...256).contains(epochs.count))
    let numbers = epochs.map(\.epoch)
    #expect(numbers.last == 20_000 && numbers.contains(1_001) && numbers.contains(7_777))
    let gaps = zip(numbers.dropFirst(), numbers).map { $0 - $1 }
    #expect((gaps.max() ?? 0) <= 256)
  }

  @Test func lossesAreAllKeptLongerThanNorms() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path(), budget: 2 << 20)
    writer.record([.origin(Sample.origin())])
    writer.record((1...30_000).map { .scalars(Sample.scalars($0, norms: 20)) })
    writer.finish()
    let rows = try RecordingReader(path: folder.path()).scalars(in: 1...30_000, limit: 30_000)
    #expect(rows.map(\.step) == Array(1...30_000))
    let withNorms = rows.filter { !$0.gradientNorms.isEmpty }
    #expect(withNorms.count > 3_000 && withNorms.count < 20_000)
    #expect(rows.allSatisfy { $0.loss == Sample.scalars($0.step, norms: 0).loss })
    #expect(withNorms.allSatisfy { $0 == Sample.scalars($0.step, norms: 20) })
  }

  @Test func aThinnedCurveKeepsItsExtremesAndTheFirstNaN() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path(), budget: 1 << 19)
    writer.record([.origin(Sample.origin())])
    writer.record(
      (1...60_000).map { step in
        var row = Sample.scalars(step, norms: 0)
        if step == 7_777 { row.loss = -50 }
        if step == 23_456 { row.loss = 50 }
        if step >= 50_001 { row.loss = .nan }
        return .scalars(row)
      })
    writer.finish()
    let reader = try RecordingReader(path: folder.path())
    let rows = try reader.scalars(in: 1...60_000, limit: 60_000)
    #expect(rows.count < 20_000)
    #expect(rows.contains { $0.step == 7_777 } && rows.contains { $0.step == 23_456 })
    #expect(rows.first { $0.loss.isNaN }?.step == 50_001)
    for limit in [2, 10, 100, 2_000] {
      let few = try reader.scalars(in: 1...60_000, limit: limit)
      #expect(few.count <= max(2, limit))
      #expect(few.contains { $0.step == 7_777 } && few.contains { $0.loss.isNaN })
    }
  }

  @Test func aModelThatDoesNotFitIsSaidAndItsNumbersAreKept() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path(), budget: 1 << 19)
    writer.record([
      .origin(Sample.origin()), .keyframe(Sample.keyframe(1, width: 1_024)), .scalars(Sample.scalars(1)),
    ])
    writer.flush()
    let problem = try #require(writer.status.problem)
    #expect(
      problem.contains("keeps numbers but no state of the model") && problem.contains("--record-budget"))
    #expect(!writer.wantsKeyframe(at: 2, seconds: 100, minimumInterval: 0))
    writer.finish()
    let reader = try RecordingReader(path: folder.path())
    #expect(reader.keyframeSteps == [] && reader.lastStep == 1)
  }
}
