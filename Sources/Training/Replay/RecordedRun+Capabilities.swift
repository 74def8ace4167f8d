import Trace

/// What can be asked of a recorded run.
extension RecordedRun {
  /// Whether all steps are shown as recorded.
  var isRecordedOnly: Bool { if case .nothing = recomputability { true } else { false } }

  /// Whether it is the run of a script.
  var isOfScript: Bool { archive.origin.description.isScript }

  /// The recording's capabilities.
  var capabilities: RunCapabilities {
    let capabilities = RunCapabilities(missing: [
      .changeValues: Replay.isReadOnly(archive),
      .addEpochs: Replay.isReadOnly(archive),
      .record: "\(RecordingRefusal.isReplay(ofScript: isOfScript))",
    ])
    guard let reason = recomputability.reason, isRecordedOnly else { return capabilities }
    // In steps that were recorded whole one can go back.
    let past: [RunCapability] = archive.wholeSteps.isEmpty ? [.recomputePast] : []
    return (past + [.checkGradient, .overfit, .findLearningRate, .checkGraph, .searchBack, .findCause])
      .reduce(capabilities) {
        $0.without($1, because: reason)
      }
  }
}
