import Arrays
import Export
import SwiftProtobuf
import Testing
import Trace

struct TensorBoardFileTests {
  /// The contents of every record of a file, whose checksums must be right.
  private func records(_ file: [UInt8]) throws -> [[UInt8]] {
    var (rest, records) = (file[...], [[UInt8]]())
    func number<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number {
      defer { rest = rest.dropFirst(MemoryLayout<Number>.size) }
      return rest.withUnsafeBytes { $0.loadUnaligned(as: type) }
    }
    while !rest.isEmpty {
      let head = Array(rest.prefix(8))
      let length = Int(number(UInt64.self))
      #expect(number(UInt32.self) == MaskedChecksum.of(head))
      let contents = Array(rest.prefix(length))
      rest = rest.dropFirst(length)
      #expect(number(UInt32.self) == MaskedChecksum.of(contents))
      records.append(contents)
    }
    return records
  }

  @Test func theChecksumIsThatOfThePublishedVectors() {
    // RFC 3720, appendix B.4.
    #expect(MaskedChecksum.plain([UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
    #expect(MaskedChecksum.plain([UInt8](repeating: 0xff, count: 32)) == 0x62A8_AB43)
    #expect(MaskedChecksum.plain((0..<32).map { UInt8($0) }) == 0x46DD_794E)
  }

  @Test func theFirstRecordNamesTheFormatAndTheOthersTheCurves() throws {
    let file = try written(TensorBoardFile(TestSource(archive: TestArchive.run(3))).write)
    let events = try records(file).map { try Tensorboard_Event(serializedBytes: $0) }
    // The steps, the epoch, an event, the settings, the hyper-parameters, and the keyframe.
    #expect(events.map(\.step) == [0, 1, 2, 3, 3, 2, 0, 0, 2])
    #expect(events[0].fileVersion == "brain.Event:2")
    #expect(events[1].wallTime == 1_700_000_000.25)
    #expect(
      events[1].summary.value.map(\.tag) == [
        "loss/train", "learning_rate", "accuracy/batch", "gradient_norm/fc1.weight", "gradient_norm/fc1.bias",
      ])
    #expect(events[2].summary.value.first?.simpleValue == 0.5)
    #expect(events[3].summary.value.first?.simpleValue.isNaN == true)
    #expect(
      events[4].summary.value.map(\.tag) == ["accuracy/train", "loss/validation", "accuracy/validation"])
  }

  @Test func aKeyframesParameterIsAHistogram() throws {
    let file = try written(TensorBoardFile(TestSource(archive: TestArchive.run(3))).write)
    let event = try Tensorboard_Event(serializedBytes: try #require(records(file).last))
    let value = try #require(event.summary.value.first)
    #expect(value.tag == "parameters/fc1.weight")
    #expect((value.histo.min, value.histo.max, value.histo.num, value.histo.sum) == (1, 2, 2, 3))
    #expect(value.histo.sumSquares == 5)
    #expect(value.histo.bucket.reduce(0, +) == 2)
    #expect((value.histo.bucket.first, value.histo.bucket.last) == (1, 1))
  }

  private func values(_ source: TestSource) throws -> [Tensorboard_Summary.Value] {
    try records(written(TensorBoardFile(source).write)).flatMap {
      try Tensorboard_Event(serializedBytes: $0).summary.value
    }
  }

  @Test func aRegressionHasR2InPlaceOfAccuracy() throws {
    var archive = TestArchive.run(3)
    archive.preparation = DataPreparation(
      sentence: "",
      regression: RegressionTarget(
        name: "price", mean: 0, deviation: 1, trainVariance: 1, validationVariance: 1.5))
    let values = try values(TestSource(archive: archive))
    #expect(values.first { $0.tag == "r2/train" }?.simpleValue == 0.5)
    #expect(values.first { $0.tag == "r2/validation" }?.simpleValue == 0.5)
    let report = String(decoding: try written(TestSource(archive: archive).write(.markdown)), as: UTF8.self)
    #expect(report.contains("| R² | validation R² | seconds |") && report.contains("| 0.500 | 0.500 |"))
  }

  @Test func eventsAreText() throws {
    let text = try #require(values(TestSource(archive: TestArchive.run(3))).first { $0.tag == "events" })
    #expect(text.metadata.pluginData.pluginName == "text")
    #expect(
      text.tensor.stringVal.map { String(decoding: $0, as: UTF8.self) } == ["**change**: lr 0.1 → 0.01"])
  }

  @Test func theSettingsAreHyperparameters() throws {
    let value = try #require(
      values(TestSource(archive: TestArchive.run(3))).first { $0.tag == "_hparams_/session_start_info" })
    let data = try Tensorboard_HParamsPluginData(serializedBytes: value.metadata.pluginData.content)
    #expect(data.sessionStartInfo.hparams["batchSize"]?.numberValue == 4)
    #expect(data.sessionStartInfo.hparams["optimizer"]?.stringValue == "SGD lr 0.1")
  }

  @Test func theGraphHasAPathForEachNode() throws {
    var archive = TestArchive.run(3)
    archive.nodes = [
      .init(id: 0, name: "x", operation: "x", kind: .input, shape: [4, 2]),
      .init(id: 1, name: "fc1.weight", operation: "weight", kind: .parameter, shape: [1, 2]),
      .init(id: 2, name: "fc1", operation: "linear", kind: .operation, shape: [4, 1], inputs: [0, 1, 9]),
    ]
    let file = try written(TensorBoardFile(TestSource(archive: archive)).write)
    let events = try records(file).map { try Tensorboard_Event(serializedBytes: $0) }
    let graph = try Tensorboard_GraphDef(
      serializedBytes: try #require(events.first { !$0.graphDef.isEmpty }).graphDef)
    #expect(graph.node.map(\.name) == ["x", "fc1/weight", "fc1/out"])
    #expect(graph.node[2].input == ["x", "fc1/weight"])
    #expect(graph.node[2].attr["_output_shapes"]?.list.shape.first?.dim.map(\.size) == [4, 1])
  }

  @Test func gradientsAndAPictureAreShownAtRegularSteps() throws {
    let weights = RawArray(
      checkedType: .uint8, shape: [2, 16], bytes: (0..<32).map { UInt8($0) })
    let state = ExportedState(
      parameters: [NamedArray(name: "fc1.weight", array: weights)],
      gradients: [NamedArray(name: "fc1.weight", array: weights)])
    let source = TestSource(
      archive: TestArchive.run(100), computed: Dictionary(uniqueKeysWithValues: (1...100).map { ($0, state) })
    )
    let values = try values(source)
    #expect(values.count { $0.tag == "gradients/fc1.weight" } == 30)
    let picture = try #require(values.first { $0.tag == "weights/fc1.weight" }).image
    #expect((picture.width, picture.height) == (59, 30))
    #expect(picture.encodedImageString.starts(with: [0x89, 0x50, 0x4E, 0x47]))
  }

  @Test func numbersOfAnySizeFallIntoBins() throws {
    let extremes = try RawArray([-1.7e308, 1.7e308, .nan, .infinity, 0], shape: [5])
    var archive = TestArchive.run(3)
    archive.states[0].parameters = [NamedArray(name: "w", array: extremes)]
    let value = try #require(values(TestSource(archive: archive)).first { $0.tag == "parameters/w" })
    #expect(value.histo.num == 3)
    #expect(value.histo.bucket.reduce(0, +) == 3)
  }

  @Test(arguments: [.nan, .infinity, -.infinity, 1e300, -1e300, -1])
  func aTimeThatIsNoneIsTheFirst(_ begun: Double) throws {
    var archive = TestArchive.run(1)
    archive.begun = begun
    #expect(
      TensorBoardFile.name(archive.origin)
        == "events.out.tfevents.\(begun > 1e11 ? 100_000_000_000 : 0).tapedeck")
    let events = try records(written(TensorBoardFile(TestSource(archive: archive)).write))
      .map { try Tensorboard_Event(serializedBytes: $0) }
    #expect(events.first?.wallTime == 0)
  }

  @Test func aHistogramHasRoomForTheGreatestNumbers() throws {
    for values in [[1.7e308, -1.7e308, 0], [5e-324, 0, .nan], [1.7e308, 1.7e308, .infinity]] as [[Double]] {
      var archive = TestArchive.run(3)
      archive.states[0].parameters = [
        NamedArray(name: "w", array: try RawArray(values, shape: [values.count]))
      ]
      let last = try #require(records(written(TensorBoardFile(TestSource(archive: archive)).write)).last)
      let histogram = try #require(Tensorboard_Event(serializedBytes: last).summary.value.first).histo
      let finite = values.filter(\.isFinite)
      #expect((histogram.min, histogram.max) == (finite.min(), finite.max()))
      #expect(histogram.bucket.reduce(0, +) == Double(finite.count))
    }
  }

  @Test func theFileHasTheNameThatTensorBoardLooksFor() {
    #expect(TensorBoardFile.name(TestArchive.run(1).origin) == "events.out.tfevents.1700000000.tapedeck")
  }
}
