import ArgumentParser
import DebuggerUI
import Export
import Localization

/// How a recording becomes a picture or an animation, besides the options that every animation has.
struct PictureArguments: ParsableArguments {
  @Option(
    help: .localized("Show only this pane: \(PaneTable.ids.map(\.name).joined(separator: ", "))."),
    completion: .list(PaneTable.ids.map(\.name)), transform: OptionValue.pane)
  var pane: String?

  @Option(
    help: .localized("dark or light; by default dark, and in HTML what the reader's browser prefers."),
    completion: .list(PictureTheme.allCases.map(\.rawValue)), transform: OptionValue.choice)
  var theme: PictureTheme?

  @Option(
    help: .localized(
      "An animation in place of one screen: run, the ends of its steps, or step, the nodes of --step."),
    completion: .list(AnimationKind.allCases.map(\.rawValue)), transform: OptionValue.choice)
  var animate: AnimationKind?

  @Option(
    parsing: .unconditional, help: .localized("How many seconds the animation takes."),
    transform: OptionValue.number)
  var seconds: Double?

  func validate() throws {
    guard seconds.map({ $0 > 0 && $0 <= 3_600 }) ?? true else {
      throw ValidationError(
        localized("--seconds expects a number above 0, at most 3600, but got \(seconds ?? 0)."))
    }
  }

  /// The options that were given.
  var given: [ExportOption] {
    let all: [(ExportOption, Bool)] = [
      (.pane, pane != nil), (.theme, theme != nil), (.animate, animate != nil), (.seconds, seconds != nil),
    ]
    return all.filter(\.1).map(\.0)
  }

  /// Writes them into a request.
  func apply(to request: inout ExportRequest) {
    (request.pane, request.theme) = (pane, theme)
    (request.animation.kind, request.animation.seconds) = (animate, seconds)
  }
}

extension OptionValue {
  /// The name of a pane.
  @Sendable package static func pane(_ text: String) throws -> String {
    let names = PaneTable.ids.map(\.name)
    guard names.contains(text.lowercased()) else {
      throw ValidationError(localized("expected one of \(names.joined(separator: ", "))."))
    }
    return text.lowercased()
  }
}
