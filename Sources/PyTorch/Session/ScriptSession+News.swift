import Localization
import Numbers
import Trace

/// What the probe tells between moments.
extension ScriptSession {
  mutating func take(_ hello: ProbeMessage.Hello) throws(ProbeError) {
    guard hello.protocol == HostCommand.version else { throw .wrongVersion(hello.protocol) }
    probe.isConnected = true
    stage = .importing
    say(.hello(settings, wholeStepBytes: recording.isOn ? recording.wholeStepBytes : nil))
    identity.take(hello)
    postDescription()
  }

  /// A rank that waited for the others continues without a command.
  mutating func wentOn() {
    guard settings.gate != nil, stage == .paused else { return }
    (stage, shown.pending) = (.running, nil)
    timeline.leavePast()
    var update = RunUpdate()
    update.status = .running
    post(update)
  }

  /// Lets the script run without the probe.
  mutating func leaveAlone() -> [SessionEffect] { answering { $0.say(.quit(.continue)) } }

  /// Asks for the hashes of all parameters after a step.
  package mutating func wantsHashes(ofStep step: Int) -> [SessionEffect] {
    answering { $0.say(.hashes(ofStep: step)) }
  }

  mutating func take(torch version: String) {
    stage = .waiting
    if let needs = figures.needs { say(.show(needs)) }
    identity.take(torch: version)
    postDescription()
  }

  mutating func take(_ message: ModelMessage) {
    identity.take(message)
    postDescription()
    followWhileRunning()
  }

  private mutating func postDescription() {
    var update = RunUpdate()
    update.description = identity.description
    post(update)
  }

  mutating func take(_ message: ScalarsMessage) {
    guard let last = message.rows.last else { return }
    timeline.lastEnded = last.step
    publish(epochs.trained(to: last.step, losses: message.rows.lazy.map(\.loss)))
    var update = RunUpdate()
    if stage == .waiting || stage == .importing, !settings.isPaused {
      stage = .running
      update.status = .running
    }
    update.breakpointCost = message.cost ?? BreakpointCost(needs: .nothing)
    update.losses = message.rows.filter { !$0.loss.isNaN || !$0.gradientNorms.isEmpty }.map {
      RunUpdate.LossPoint(step: $0.step, loss: $0.loss, accuracy: $0.accuracy)
    }
    update.series = plots.points(of: message.rows, identity.description.parameterNames)
    post(update)
    found(diagnosis.take(message.rows))
    if last.hash != nil { effects.append(.tell(.steps(message.rows))) }
    record(recording.take(message.rows, identity.description))
    if recording.isOn, recording.wantsWholeStep(after: last.step) {
      say(.record(limit: recording.wholeStepBytes))
    }
    if recording.isOn, recording.wantsPictures(at: last.step), !probe.isMomentAsked {
      askForMoment()
      for name in (identity.model?.parameters ?? []).prefix(SessionRecording.mostPictures).map(\.name) {
        for view in [TensorView.value, .gradient] {
          let id = probe.newID()
          recording.ask(id)
          say(.tensor(id, name, view, step: nil, visit: nil, limit: SessionRecording.pictureCells))
        }
      }
    }
  }

  /// The state at the script's end has come, or was left out.
  mutating func end(_ message: StateEndMessage) {
    record(recording.endState())
    guard recording.isOn, message.leftOut ?? 0 > 0 else { return }
    let (size, room) = (max(0, message.bytes ?? 0), recording.wholeStepBytes)
    warn(
      size > room
        ? localized(
          "The trained parameters are not in the recording: they take \(NumberText.bytes(size)), and it has room for \(NumberText.bytes(room)). A larger --record-budget keeps them."
        )
        : localized("The trained parameters are not in the recording: some have no plain numbers here."))
  }

  mutating func take(_ event: EventMessage) {
    let text = (event.text ?? "").withVisibleControls
    // What is normal in a script, such as a skipped step of a gradient scaler, does not have to be dismissed.
    guard event.kind == "change" else {
      return add(RunEvent(.warning, at: timeline.headPosition, node: event.node?.withVisibleControls, text))
    }
    add(
      RunEvent(
        .change, at: timeline.headPosition, node: event.node?.withVisibleControls, text, change: event.change)
    )
    // What is shown may be what was changed.
    if stage == .paused { askForMoment() }
  }

  mutating func take(_ refusal: ProbeMessage.Refusal) {
    let text = (refusal.text ?? "").withVisibleControls
    if recording.hasAsked(refusal.id) {
      return record(recording.take(answer: nil, to: refusal.id, at: max(1, timeline.lastEnded)))
    }
    if refusal.command == "moment" { probe.isMomentAsked = false }
    guard let id = refusal.id, ["tensor", "cells"].contains(refusal.command) else { return warn(text) }
    if probe.asides.remove(id) != nil { return effects.append(.answer(id, nil)) }
    if shown.pending?.awaited == .tensor(id) { publishPending(because: text) }
    if shown.pending?.awaited == .cells(id) { publishPending(because: nil) }
  }

  /// Has a step recorded whole that the user looks at.
  ///
  /// The script may end at a breakpoint, so the step is recorded at once, as far as it has run.
  mutating func recordWhole(_ step: Int, sendsNow: Bool = false) {
    guard recording.isOn else { return }
    say(.record(step: step, sendsNow: sendsNow, limit: recording.wholeStepBytes))
  }

  /// Asks for the moment to show next, unless one is on its way.
  mutating func askForMoment() {
    guard probe.isConnected, !probe.isMomentAsked else { return }
    probe.isMomentAsked = true
    say(.plain("moment"))
  }

  /// Has the probe send the chosen tensor, or the first parameter's, with each moment while the script runs.
  mutating func followWhileRunning() {
    let (first, focus) = (identity.model?.parameters.first?.name, shown.focus)
    let wanted = Focus(
      node: focus.node ?? first, view: focus.view ?? (focus.node == nil ? .gradient : .value),
      part: focus.part)
    guard wanted.node != nil, wanted != shown.probeFocus, probe.isConnected else { return }
    shown.probeFocus = wanted
    say(.focus(wanted, limit: ScriptSession.runningCells))
  }

  /// The most cells of a tensor while the script runs.
  static let runningCells = 16_384
  /// The most cells of a tensor while it is paused.
  static let pausedCells = 262_144
}
