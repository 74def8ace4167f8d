import Autograd
import Localization
import Trace

/// Puts recorded numbers in the place of those computed here, where these differ.
struct RecordedNumbers {
  /// The remark on moments whose numbers are not those recorded.
  static var otherDigits: String {
    localized(
      """
      This machine's results differ from the recorded ones in the last digits: the loss and the gradient norms are as \
      recorded, tensors are computed here.
      """)
  }

  let archive: any RunArchive

  /// Completes a moment that was computed along a timeline, and notes where it differs from what was recorded.
  func complete(_ moment: inout Moment, _ timeline: Timeline) {
    let step = moment.position.step
    guard let scalars = try? archive.scalars(in: step...step, limit: 1).first,
      scalars.step == step
    else { return }
    if let loss = moment.loss, loss != scalars.loss, !(loss.isNaN && scalars.loss.isNaN) {
      timeline.noteDifference(at: step)
    }
    guard timeline.reproduction.firstDifference != nil else { return }
    if moment.loss != nil { moment.loss = scalars.loss }
    if moment.position.phase == .update, moment.parameters.count == scalars.gradientNorms.count {
      for (place, norm) in scalars.gradientNorms.enumerated()
      where moment.parameters[place].gradientNorm != nil { moment.parameters[place].gradientNorm = norm }
    }
    moment.limitation = RecordedNumbers.otherDigits
  }

  /// That a run was computed by another arithmetic than this program's; nil where it was not, and for a script's run.
  static func otherArithmetic(_ origin: RunOrigin) -> String? {
    guard !origin.description.isScript, origin.arithmetic != ArithmeticKernels.definition else { return nil }
    let here = ArithmeticKernels.definition
    return origin.arithmetic.map {
      localized(
        "this run was computed by version \($0) of the arithmetic, not by version \(here): the recorded numbers are shown"
      )
    }
      ?? localized(
        "this run is from before the arithmetic had versions; here it is version \(here): the recorded numbers are shown"
      )
  }

  /// The warning of a run that is resumed with another arithmetic than it was begun with; nil where it is the same.
  static func resumed(_ archive: any RunArchive) -> String? {
    guard otherArithmetic(archive.origin) != nil else { return nil }
    return localized(
      "steps 1 to \(archive.lastStep) were computed by another version of the arithmetic, so this recording is shown as recorded and never computed again"
    )
  }

  /// The warning about the first step that was not reproduced, with what differs in the machines.
  static func sentence(_ step: Int, _ archive: any RunArchive, machine: String) -> String {
    let machines = differences(archive.origin.machine, machine)
    return localized("step \(step) was not reproduced bit for bit\(machines); the recorded numbers are shown")
  }

  /// In what the machine that recorded differs from this one, as a part of a sentence; short, for the status line.
  private static func differences(_ there: String, _ here: String) -> String {
    func parts(_ machine: String) -> [String] {
      machine.split(separator: ",").map { $0.drop { $0 == " " } }.map(String.init)
    }
    let (there, here) = (parts(there), parts(here))
    let other =
      there.filter { !here.contains($0) }.map { localized("\($0) there") }
      + here.filter { !there.contains($0) }.map { localized("\($0) here") }
    return other.isEmpty ? "" : ": " + other.joined(separator: ", ")
  }
}
