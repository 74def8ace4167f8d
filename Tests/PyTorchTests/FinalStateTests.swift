import Foundation
import PyTorch
import Synchronization
import Testing
import Trace

/// The keyframes that are recorded.
private final class KeyframeRecorder: RunRecorder {
  let keyframes = Mutex([StateSnapshot]())

  func record(_ records: [RunRecord]) {
    for case .keyframe(let snapshot) in records { keyframes.withLock { $0.append(snapshot) } }
  }

  func wantsKeyframe(at step: Int, seconds: Double, minimumInterval: Double) -> Bool { false }
}

/// A recording of a script ends with the state of its model.
@Suite(.enabled(if: Interpreter.hasTorch("/usr/bin/python3"))) struct FinalStateTests {
  private func keyframes(limit: Int, holdsAtEnd: Bool = false) throws -> ([StateSnapshot], RunUpdate) {
    let recorder = KeyframeRecorder()
    let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Scripts/network.py")
      .path
    let environment = Watched<PyTorchRun>.environment
    let launch = PyTorchRun.Launch(
      try Interpreter(chosen: "/usr/bin/python3", environment: [:]),
      try ProbeFolder(environment: environment),
      script: [script], environment: environment)
    var settings = ScriptSettings(name: "network.py")
    settings.holdsAtEnd = holdsAtEnd
    let chosen = settings
    let watched = try Watched<PyTorchRun> { onUpdate in
      var recording = ScriptRecording()
      recording.recorder = recorder
      recording.wholeStepBytes = limit
      return PyTorchRun(chosen, launch, recording: recording, onUpdate: onUpdate)
    }
    try watched.wait { $0.status == .finished }
    return (recorder.keyframes.withLock(\.self), watched.all)
  }

  @Test(arguments: [false, true]) func aRecordingEndsWithTheParameters(_ holdsAtEnd: Bool) throws {
    let (found, news) = try keyframes(limit: 1 << 20, holdsAtEnd: holdsAtEnd)
    let last = try #require(found.last)
    #expect(found.count == 1 && last.step == (news.losses.last?.step ?? 0) + 1)
    #expect(last.parameters.map(\.name) == news.description?.parameterNames)
    #expect(last.parameters.allSatisfy { $0.array.doubles().contains { $0 != 0 } })
    #expect(last.batch == nil && last.hash == 0)
  }

  @Test func aModelForWhichThereIsNoRoomIsSaid() throws {
    let (found, news) = try keyframes(limit: 100)
    #expect(found.isEmpty)
    #expect(news.warnings.contains { $0.hasPrefix("The trained parameters are not in the recording") })
  }
}
