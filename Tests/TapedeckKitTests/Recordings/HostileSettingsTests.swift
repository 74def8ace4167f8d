import Foundation
import Recording
import TapedeckKit
import Testing

/// What a recording says of its network is not built before its parameters prove it.
struct HostileSettingsTests {
  @Test(arguments: ["[2,65536,65536,2]", "[2,4,4,2]", "[0,0]"])
  func layersOfOtherSizesThanTheParametersAreNotBuilt(_ layers: String) throws {
    let folder = try RecordingsFolder()
    var settings = TrainSettings.xor()
    settings.layers = [2, 4, 2]
    let path = try folder.record("run", settings)
    try execute(
      path, ["UPDATE about SET value = replace(value, '[2,4,2]', '\(layers)') WHERE name = 'origin'"])
    let run = try ReplayedRun().experiment(try RecordingReader(path: path))
    #expect(run.recomputability.reason?.contains("settings cannot be used") == true || layers == "[0,0]")
    #expect(run.recomputability != .all)
    #expect(throws: (any Error).self) { _ = try RecordingFiles.settings(path, ReplayedRun(), epochs: 9) }
  }

  @Test func theLastWeightsOfARunWithoutItsDataAreInItsRecording() throws {
    let folder = try RecordingsFolder()
    let path = try folder.record("run", .xor())
    let reader = try RecordingReader(path: path)
    let whole = RecordedRun(reader, try ReplayedRun().experiment(reader))
    let expected = try whole.parameters(after: reader.lastStep).arrays
    try execute(path, ["UPDATE about SET value = replace(value, 'xor', 'gone.csv') WHERE name = 'origin'"])
    let other = try RecordingReader(path: path)
    let run = RecordedRun(other, try ReplayedRun().experiment(other))
    #expect(run.recomputability != .all)
    #expect(try run.parameters(after: other.lastStep).arrays == expected)
  }
}
