import Localization
import Numbers
import TerminalUI

extension RunListState {
  /// Draws the whole screen: the list, the curves of what is chosen, and the settings that differ.
  package func draw(into buffer: inout Buffer) {
    let area = buffer.bounds
    let smallest = RunListLayout.smallest
    guard area.width >= smallest.width, area.height >= smallest.height else {
      return Paragraph([
        TextLine(
          localized("Enlarge the terminal to \(smallest.width)×\(smallest.height), or press q to quit."))
      ]).draw(into: &buffer, area: area)
    }
    let layout = RunListLayout(self)
    drawHeader(into: &buffer, layout.header)
    if runs.isEmpty {
      drawAbsence(into: &buffer, area.inset(top: 1, bottom: 1))
    } else {
      drawList(into: &buffer, layout.list)
      drawDetail(into: &buffer, layout.detail)
      drawCurves(into: &buffer, layout.curves)
      drawSettings(into: &buffer, layout.settings)
    }
    drawFooter(into: &buffer, layout.footer)
    if showsHelp { RunListHelp().draw(into: &buffer, area: area) }
  }

  private func drawHeader(into buffer: inout Buffer, _ area: Rect) {
    let muted = Style.foreground(Accents.muted)
    let left = TextLine([
      Span(" TAPEDECK", .bold), Span("  " + localized("recordings in") + " ", muted), Span(folder),
    ])
    let right = TextLine(count + " ", muted)
    right.draw(into: &buffer, area: area, alignment: .right)
    buffer.draw(left, x: area.x, y: area.y, maxWidth: area.width - right.width - 2)
  }

  /// How many there are, how many of them are in view, and how many have not been read.
  private var count: String {
    let all = runs.count == 1 ? localized("1 recording") : localized("\(runs.count) recordings")
    let parts = [
      all, shown.count == runs.count ? nil : localized("\(shown.count) shown"),
      chosen.isEmpty ? nil : localized("\(chosen.count) chosen"),
      unreadCount == 0 ? nil : localized("reading \(runs.count - unreadCount) of \(runs.count)"),
    ]
    return parts.compactMap(\.self).joined(separator: ", ")
  }

  private func drawAbsence(into buffer: inout Buffer, _ area: Rect) {
    let muted = Style.foreground(Accents.muted)
    var lines: [TextLine]
    if let obstacle {
      lines = [TextLine(obstacle, .foreground(Accents.warning))]
    } else if !isListed {
      lines = [TextLine(localized("looking into the folder…"), muted)]
    } else {
      lines = [
        TextLine(localized("There is no recording in \(folder) yet."), .bold), TextLine(""),
        TextLine(localized("Record a run, here or in another terminal:"), muted),
        TextLine("  tapedeck train --record run.tapedeck", .foreground(Accents.focus)),
        TextLine("  tapedeck torch --record run.tapedeck train.py", .foreground(Accents.focus)), TextLine(""),
        TextLine(
          localized("In the debugger, R begins a recording. New files are listed here by themselves."), muted),
      ]
      if !isRecursive {
        lines.append(TextLine(localized("--recursive also looks into the folders in this one."), muted))
      }
    }
    Paragraph(lines).draw(into: &buffer, area: area.inset(left: 2, top: 1, right: 2))
  }

  private func drawList(into buffer: inout Buffer, _ area: Rect) {
    guard !area.isEmpty else { return }
    let muted = Style.foreground(Accents.muted)
    var heading = TextLine(localized("Recordings"), .bold)
    if isFiltering || !filter.isEmpty {
      heading.append("  /", muted)
      heading.append(filter.text, .foreground(Accents.warning))
      if isFiltering { heading.append(" ", .reverse) }
    }
    let frame = Frame(title: heading, isFocused: true)
    frame.draw(into: &buffer, area: area) { buffer, area in
      guard !shown.isEmpty else {
        let sentence = localized("No recording matches \(filter.text); esc shows all.")
        return Paragraph([TextLine(sentence, muted)]).draw(into: &buffer, area: area)
      }
      RunTable(self).draw(into: &buffer, area: area)
    }
  }

  /// What is wrong with the selected recording, or what was chosen for it.
  private func drawDetail(into buffer: inout Buffer, _ area: Rect) {
    guard let run = selectedRun, !area.isEmpty else { return }
    let room = area.inset(left: 1, right: 1)
    if let problem = run.problem {
      return Paragraph([TextLine(problem, .foreground(Accents.bad))], wraps: area.height > 1)
        .draw(into: &buffer, area: room)
    }
    let settings = run.settings.filter { RunListState.told.contains($0.name) }.map { setting in
      setting.name.hasPrefix("-") || setting.name == "batch" || setting.name == "seed"
        ? "\(String(setting.name.drop { $0 == "-" })) \(setting.value)" : setting.value
    }
    let line = TextLine([
      Span(run.name, .bold), Span("  " + settings.joined(separator: "  "), .foreground(Accents.muted)),
    ])
    line.draw(into: &buffer, area: room)
  }

  /// The settings that are told of the selected recording.
  private static let told = [
    "data", "network", "--optimizer", "optimizer", "--lr", "--momentum", "--weight-decay", "batch", "seed",
  ]

  private func drawCurves(into buffer: inout Buffer, _ area: Rect) {
    guard !area.isEmpty else { return }
    let curves = RunCurves(self)
    var heading = TextLine(localized("Curves"), .bold)
    heading.append("  " + curves.heading, .foreground(Accents.muted))
    let words = [
      curve == .loss && isSmoothed ? localized("smoothed \(NumberText.setting(RunCurves.smoothing))") : nil,
      isLogarithmic && curve != .accuracy ? localized("log") : nil,
    ]
    let trailing = words.compactMap(\.self).joined(separator: "  ")
    let footer =
      chosen.isEmpty ? localized("space chooses recordings to lay their curves over each other") : ""
    Frame(
      title: heading, trailing: TextLine(trailing, .foreground(Accents.warning)),
      footer: TextLine(footer, .foreground(Accents.muted))
    ).draw(into: &buffer, area: area) { curves.draw(into: &$0, area: $1) }
  }

  private func drawSettings(into buffer: inout Buffer, _ area: Rect) {
    guard !area.isEmpty else { return }
    Frame(title: TextLine(localized("Settings that differ"), .bold)).draw(into: &buffer, area: area) {
      RunDifferencesTable(self).draw(into: &$0, area: $1)
    }
  }

  private func drawFooter(into buffer: inout Buffer, _ area: Rect) {
    let room = area.inset(left: 1)
    if isComparing {
      let sentence = localized("comparing step by step…  esc stops")
      return TextLine(sentence, .foreground(Accents.muted)).draw(into: &buffer, area: room)
    }
    if let notice {
      let color = notice.kind == .problem ? Accents.warning : Accents.good
      return TextLine(notice.text, .foreground(color)).draw(into: &buffer, area: room)
    }
    KeyHints(hints).draw(into: &buffer, area: room)
  }

  private var hints: [KeyHints.Hint] {
    guard !isFiltering else {
      return [
        .init("enter", localized("keep")), .init("esc", localized("show all")),
        .init("↑↓", localized("move")), .init("lr=0.1 loss<0.2", localized("compares")),
      ]
    }
    let isNarrow = RunListLayout(self).settings.isEmpty || RunListLayout(self).curves.isEmpty
    return [
      .init("q", localized("quit")), .init("?", localized("help")), .init("space", localized("choose")),
    ] + (chosen.count > 1 && isNarrow ? [.init("t", localized("settings"))] : []) + [
      .init("enter", localized("open")), .init("d", localized("compare"), isDim: chosen.isEmpty),
      .init("s", localized("sort")), .init("/", localized("filter")), .init("v", localized("other curve")),
      .init("p", localized("pin")), .init("y", localized("log axis")), .init("m", localized("smooth")),
      .init("z", localized("zoom")),
    ]
  }
}
