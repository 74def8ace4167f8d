import Localization
import TerminalUI

extension DebuggerState {
  /// The screen in all colours and characters, or one pane of it alone; a pane that is not on the screen is shown as
  /// large as it is when zoomed.
  package func picture(of pane: PaneID? = nil) -> Buffer {
    var shown = self
    (shown.notice, shown.console) = (nil, nil)
    if let pane, !ScreenLayout(self).panes.contains(where: { $0.pane == pane }) {
      (shown.pane, shown.isZoomed, shown.overlay) = (pane, true, nil)
      // The panes lay themselves out for their new places.
      _ = shown.update(.resize(size))
    }
    var screen = Buffer(size: size, capabilities: TerminalCapabilities(theme: themeChoice.theme))
    shown.draw(into: &screen)
    guard let area = ScreenLayout(shown).panes.first(where: { $0.pane == pane })?.area else { return screen }
    return screen.part(area)
  }

  /// Shows one pane alone, and makes the screen so large that the pane has a size.
  package mutating func show(alone pane: PaneID, size: Size) {
    (self.pane, isZoomed, self.size) = (pane, true, size)
    guard let area = ScreenLayout(self).panes.first?.area else { return }
    self.size = Size(width: 2 * size.width - area.width, height: 2 * size.height - area.height)
  }

  /// Asks for a picture to be saved.
  mutating func save(_ pane: PaneID? = nil, file: String? = nil) {
    let step = moment.map { ", " + localized("step \($0.position.step)") } ?? ""
    effects.append(
      .save(
        ScreenPicture(
          screen: picture(of: pane), file: file,
          title: "tapedeck" + (description.map { ": \($0.data)" } ?? "") + step,
          name: pictureName)))
  }

  /// Says where a picture was saved.
  package mutating func didSave(_ file: String) { notice = Notice(localized("saved as \(file)")) }

  /// Says why a picture was not saved.
  package mutating func didNotSave(_ sentence: String) { notice = .problem(sentence) }

  /// `tapedeck-digits-step-300`, after the recording or the data.
  private var pictureName: String {
    var run = description?.data ?? "run"
    if case .replay(let file)? = description?.source { run = file }
    if case .watch(let file)? = description?.source { run = file }
    if run.hasSuffix(".tapedeck") { run.removeLast(".tapedeck".count) }
    // A name may be a path, or contain what a shell gives a meaning.
    let words = run.split { !($0.isLetter || $0.isNumber || $0 == "." || $0 == "_") }
      .map { $0.drop { $0 == "." } }.filter { !$0.isEmpty }
    let stem = words.joined(separator: "-").prefix(60)
    return
      (["tapedeck", stem.isEmpty ? "run" : String(stem)] + (moment.map { ["step-\($0.position.step)"] } ?? []))
      .joined(separator: "-")
  }
}
