import Recording
import Testing
import Trace

/// What is written is read again, to the bit.
struct RoundTripTests {
  @Test func everythingOfARunComesBack() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    let epoch = EpochResult(
      epoch: 1, step: 100, loss: .nan, validationLoss: nil, trainAccuracy: 0.5, validationAccuracy: .nan,
      seconds: 1.25)
    let events = [
      RunEvent(
        .change, at: Position(step: 3, phase: .update, node: 2), node: "fc1.weight", "lr 0.1 → ∞",
        change: .hyperparameter(name: "lr", value: .infinity)),
      RunEvent(
        .note, at: Position(step: 7, phase: .backward, node: 0), "it's “quoted”; DROP TABLE events"),
    ]
    for record in Sample.run(300) { writer.record([record]) }
    writer.record(
      [.epoch(epoch)] + events.map { .event($0) } + [.graph(step: 200, Sample.graph(9)), .finished])
    writer.finish()
    #expect(folder.names == ["run.tapedeck"])
    #expect(writer.status.problem == nil)

    let reader = try RecordingReader(path: folder.path())
    #expect(reader.origin == Sample.origin())
    #expect(reader.lastStep == 300)
    #expect(reader.isFinished && !reader.isBeingWritten)
    #expect(reader.keyframeSteps == Array(stride(from: 1, through: 300, by: 20)))
    for step in [1, 20, 21, 299, 1_000] {
      let frame = (min(step, 300) - 1) / 20 * 20 + 1
      #expect(try reader.keyframe(atOrBefore: step) == Sample.keyframe(frame))
    }
    #expect(try reader.keyframe(atOrBefore: 0) == nil)
    #expect(try reader.scalars(in: 1...1_000, limit: 1_000) == (1...300).map { Sample.scalars($0) })
    #expect(try reader.scalars(in: 50...51, limit: 10) == [Sample.scalars(50), Sample.scalars(51)])
    #expect(try reader.hash(at: 9) == UInt64(9) << 60 | 7)
    #expect(try reader.hash(at: 10) == nil)
    #expect(try reader.graph(at: 199) == Sample.graph())
    #expect(try reader.graph(at: 200) == Sample.graph(9))
    #expect(try reader.events() == events)
    let epochs = try reader.epochs()
    #expect(epochs.count == 1 && epochs[0].loss.isNaN && epochs[0].validationLoss == nil)
    #expect(epochs[0].validationAccuracy?.isNaN == true && epochs[0].step == 100)
    let pictures = try reader.thumbnails(atOrBefore: 99)
    #expect(pictures.dropLast() == Sample.thumbnails(75).dropLast())
    #expect(
      pictures.last?.maximum.isNaN == true && pictures.last?.levels == Sample.thumbnails(75).last?.levels)
    #expect(try reader.thumbnails(atOrBefore: 24) == [])
    #expect(reader.defects == [])
  }

  @Test func secondsLeadToTheStepThatWasDoneThen() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record(Sample.run(3_000))
    writer.finish()
    let reader = try RecordingReader(path: folder.path())
    for step in [1, 2, 1_024, 1_025, 2_999, 3_000] {
      let seconds = Sample.scalars(step).seconds
      #expect(try reader.step(atSeconds: seconds) == step)
      #expect(try reader.step(atSeconds: seconds - 1e-9) == step - 1)
    }
    #expect(try reader.step(atSeconds: -1) == 0)
    #expect(try reader.step(atSeconds: .infinity) == 3_000)
    #expect(try reader.step(atSeconds: .nan) >= 0)
  }

  @Test func anotherFutureTakesThePlaceOfTheOldOne() throws {
    for moment in [1, 20, 999, 1_024, 1_025, 2_990] {
      let folder = try ScratchFolder()
      let writer = try quietWriter(folder.path())
      writer.record(Sample.run(3_000))
      let position = Position(step: moment, phase: .update, node: 0)
      writer.record([
        .event(RunEvent(.mark, at: position, "kept")),
        .event(RunEvent(.mark, at: Position(step: moment, phase: .update, node: 1), "gone")),
        .fork(position), .scalars(Sample.scalars(moment + 1, norms: 2)),
        .graph(step: moment + 1, Sample.graph(9)),
      ])
      writer.finish()
      let reader = try RecordingReader(path: folder.path())
      #expect(reader.lastStep == moment + 1)
      #expect(
        try reader.scalars(in: 1...9_000, limit: 9_000) == (1...moment + 1).map { Sample.scalars($0) })
      #expect(reader.keyframeSteps.last ?? 0 <= moment)
      #expect(try reader.events().map(\.text) == ["kept"])
      #expect(try reader.graph(at: moment) == Sample.graph())
      #expect(try reader.graph(at: moment + 1) == Sample.graph(9))
    }
  }

  @Test func numbersThatComeAgainReplaceTheOldOnes() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record(Sample.run(1_100))
    var expected = (1...1_100).map { Sample.scalars($0) }
    for step in [5, 1_024, 1_100] {
      expected[step - 1].loss = .nan
      writer.record([.scalars(expected[step - 1])])
    }
    writer.finish()
    let got = try RecordingReader(path: folder.path()).scalars(in: 1...2_000, limit: 2_000)
    #expect(got.map(\.step) == expected.map(\.step))
    #expect(got.filter { $0.loss.isNaN }.map(\.step) == [5, 1_024, 1_100])
  }

  @Test func aRecordingIsGoneOnWith() throws {
    let folder = try ScratchFolder()
    let first = try quietWriter(folder.path())
    first.record(Sample.run(1_500) + [.finished])
    first.finish()
    let second = try quietWriter(folder.path(), existing: .resume)
    #expect(try !RecordingReader(path: folder.path()).isFinished)
    second.record([.origin(Sample.origin(epochs: 9)), .graph(step: 1_501, Sample.graph())])
    second.record((1_501...2_500).map { .scalars(Sample.scalars($0)) } + [.keyframe(Sample.keyframe(2_001))])
    second.finish()
    let reader = try RecordingReader(path: folder.path())
    #expect(reader.origin == Sample.origin())
    #expect(try reader.scalars(in: 1...9_000, limit: 9_000) == (1...2_500).map { Sample.scalars($0) })
    #expect(try reader.keyframe(atOrBefore: 2_500) == Sample.keyframe(2_001))
    #expect(try reader.keyframe(atOrBefore: 100) == Sample.keyframe(81))
    #expect(try reader.graph(at: 2_000) == Sample.graph())
  }

  @Test func aRunOnItsWayIsSeenByAReader() throws {
    let folder = try ScratchFolder()
    let writer = try quietWriter(folder.path())
    writer.record(Array(Sample.run(50)))
    writer.flush()
    let reader = try RecordingReader(path: folder.path())
    #expect(reader.isBeingWritten && reader.lastStep == 50)
    let version = reader.dataVersion
    #expect(reader.dataVersion == version)
    writer.record((51...60).map { .scalars(Sample.scalars($0)) } + [.keyframe(Sample.keyframe(55))])
    writer.flush()
    #expect(reader.dataVersion != version && reader.lastStep == 60)
    #expect(try reader.keyframe(atOrBefore: 60) == Sample.keyframe(55))
    writer.finish()
    #expect(!reader.isBeingWritten && reader.lastStep == 60)
    #expect(try reader.scalars(in: 1...100, limit: 100) == (1...60).map { Sample.scalars($0) })
  }
}
