import Localization
import Numbers
import Trace

/// What the probe tells between moments.
extension ScriptSession {
  mutating func take(_ hello: ProbeMessage.Hello) throws(ProbeError) {
    guard hello.protocol == HostCommand.version else { throw .wrongVersion(hello.protocol) }
    isConnected = true
    stage = .importing
    say(.hello(settings, wholeStepBytes: recording.isOn ? recording.wholeStepBytes : nil))
    description.network = localized(
      "importing torch with \((hello.interpreter ?? "Python").withVisibleControls)…")
    var update = RunUpdate()
    update.description = description
    post(update)
  }

  /// A rank that waited for the others goes on although nobody told it to.
  mutating func wentOn() {
    guard settings.gate != nil, stage == .paused else { return }
    (stage, cursor, pending) = (.running, nil, nil)
    var update = RunUpdate()
    update.status = .running
    post(update)
  }

  /// Lets the script go on alone.
  mutating func leaveAlone() -> [SessionEffect] { answering { $0.say(.quit(.continue)) } }

  /// Asks for the hashes of all parameters after a step.
  package mutating func wantsHashes(ofStep step: Int) -> [SessionEffect] {
    answering { $0.say(.hashes(ofStep: step)) }
  }

  mutating func take(torch version: String) {
    stage = .waiting
    if let needs = figures.needs { say(.show(needs)) }
    torch = "PyTorch \(version)".withVisibleControls
    description.network = localized("waiting for the first step…")
    var update = RunUpdate()
    update.description = description
    post(update)
  }

  mutating func take(_ message: ModelMessage) {
    model = message
    let network = message.names.isEmpty ? localized("no model") : message.names
    description.network = [network, message.devices, torch].filter { !$0.isEmpty }.joined(separator: "  ")
    description.optimizer = (message.optimizers ?? []).map(\.text).joined(separator: ", ")
    description.parameterNames = message.parameters.map { $0.name.withVisibleControls }
    var update = RunUpdate()
    update.description = description
    post(update)
    followWhileRunning()
  }

  mutating func take(_ message: ScalarsMessage) {
    guard let last = message.rows.last else { return }
    step = last.step
    publish(epochs.trained(to: last.step))
    var update = RunUpdate()
    if stage == .waiting || stage == .importing, !settings.isPaused {
      stage = .running
      update.status = .running
    }
    update.breakpointCost = message.cost ?? BreakpointCost(needs: .nothing)
    update.losses = message.rows.filter { !$0.loss.isNaN || !$0.gradientNorms.isEmpty }.map {
      RunUpdate.LossPoint(step: $0.step, loss: $0.loss, accuracy: $0.accuracy)
    }
    update.series = plots.points(of: message.rows, description.parameterNames)
    post(update)
    found(diagnosis.take(message.rows))
    if last.hash != nil { effects.append(.tell(.steps(message.rows))) }
    record(recording.take(message.rows, description))
    if recording.isOn, recording.wantsWholeStep(after: last.step) {
      say(.record(limit: recording.wholeStepBytes))
    }
    if recording.isOn, recording.wantsPictures(at: last.step), !isMomentAsked {
      askForMoment()
      for name in (model?.parameters ?? []).prefix(SessionRecording.mostPictures).map(\.name) {
        for view in [TensorView.value, .gradient] {
          lastID += 1
          recording.ask(lastID)
          say(.tensor(lastID, name, view, step: nil, visit: nil, limit: SessionRecording.pictureCells))
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
    // What a script may well do, such as a skipped step of a gradient scaler, needs no dismissing.
    guard event.kind == "change" else {
      return add(RunEvent(.warning, at: headPosition, node: event.node?.withVisibleControls, text))
    }
    add(
      RunEvent(.change, at: headPosition, node: event.node?.withVisibleControls, text, change: event.change))
    // What is shown may be what was changed.
    if stage == .paused { askForMoment() }
  }

  mutating func take(_ refusal: ProbeMessage.Refusal) {
    let text = (refusal.text ?? "").withVisibleControls
    if recording.hasAsked(refusal.id) {
      return record(recording.take(answer: nil, to: refusal.id, at: max(1, step)))
    }
    if refusal.command == "moment" { isMomentAsked = false }
    guard let id = refusal.id, ["tensor", "cells"].contains(refusal.command) else { return warn(text) }
    if questions.remove(id) != nil { return effects.append(.answer(id, nil)) }
    if pending?.awaited == .tensor(id) { publishPending(because: text) }
    if pending?.awaited == .cells(id) { publishPending(because: nil) }
  }

  /// Has a step recorded whole that the user looks at.
  ///
  /// At a breakpoint the script may end, so that what there is of the step is recorded at once.
  mutating func recordWhole(_ step: Int, sendsNow: Bool = false) {
    guard recording.isOn else { return }
    say(.record(step: step, sendsNow: sendsNow, limit: recording.wholeStepBytes))
  }

  /// Asks for the moment to show next, unless one is on its way.
  mutating func askForMoment() {
    guard isConnected, !isMomentAsked else { return }
    isMomentAsked = true
    say(.plain("moment"))
  }

  /// Has the probe send the chosen tensor, or the first parameter's, with each moment of a run that goes on.
  mutating func followWhileRunning() {
    let first = model?.parameters.first?.name
    let wanted = Focus(
      node: focus.node ?? first, view: focus.view ?? (focus.node == nil ? .gradient : .value),
      part: focus.part)
    guard wanted.node != nil, wanted != probeFocus, isConnected else { return }
    probeFocus = wanted
    say(.focus(wanted, limit: ScriptSession.runningCells))
  }

  /// The most cells of a tensor while the script runs.
  static let runningCells = 16_384
  /// The most cells of a tensor while it is paused.
  static let pausedCells = 262_144
}
