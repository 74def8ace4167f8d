import TerminalUI

/// Which panes are shown: as many of the layout's as have room for their smallest sizes, the most important first.
struct PaneChoice: Equatable {
  private let preset: LayoutPreset
  private let shares: [LayoutKey: Int]
  /// The panes that may be shown, the most important first.
  private let candidates: [PaneID]

  init(_ state: DebuggerState) {
    let layout = state.layout
    // The guide is open in every layout while the node or its bridge is looked at beside it.
    preset = (state.guide.keepsPlace ? .learn : layout.preset).fitting(width: state.size.width)
    shares = preset == layout.preset ? layout.shares : [:]
    candidates = PaneChoice.candidates(preset, layout, state)
  }

  /// The panes in their places.
  func arrangement(in area: Rect, _ needs: PaneNeeds) -> LayoutArrangement {
    var arrangement = LayoutArrangement()
    guard let part = part(in: area.size, needs) else { return arrangement }
    part.place(in: area, shares: shares, into: &arrangement)
    return arrangement
  }

  private func part(in size: Size, _ needs: PaneNeeds) -> LayoutPart? {
    let tree = candidates.reduce(preset.tree, PaneChoice.adding)
    var shown: [String: (PaneID, LayoutPart.Need)] = [:]
    var part: LayoutPart?
    for pane in candidates {
      var more = shown
      more[pane.name] = (pane, needs.need(of: pane))
      guard let larger = LayoutPart(tree, path: preset.root, shown: more), part == nil || larger.fits(size)
      else { continue }
      (shown, part) = (more, larger)
    }
    return part
  }

  private static func candidates(
    _ preset: LayoutPreset, _ layout: LayoutState, _ state: DebuggerState
  ) -> [PaneID] {
    var names = [state.pane.name]
    // A course explains what the bridge says.
    if state.course.isOpen { names += ["graph", "node", "bridge"] }
    names += preset.order.prefix(1) + layout.opened.sorted() + preset.order.dropFirst()
    var seen: Set<String> = []
    return names.compactMap { name in
      guard seen.insert(name).inserted, let pane = PaneTable.ids.first(where: { $0.name == name }) else {
        return nil
      }
      let isShown = !layout.closed.contains(name) && PaneTable.pane(pane).hasContent(state)
      return isShown || pane == state.pane ? pane : nil
    }
  }

  /// The tree with a pane that it does not name: below the first pane of the same corner, or below the last.
  private static func adding(_ tree: LayoutTree, _ pane: PaneID) -> LayoutTree {
    let names = tree.names
    guard !names.contains(pane.name) else { return tree }
    let corner = PaneTable.pane(pane).corner
    let neighbour = PaneTable.ids.first { names.contains($0.name) && PaneTable.pane($0).corner == corner }
    guard let name = neighbour?.name ?? names.last else { return tree }
    return tree.adding(pane.name, below: name)
  }
}

extension DebuggerState {
  /// Keeps what the panes want at their widths.
  mutating func keepHeights(_ layout: ScreenLayout) {
    for (pane, area) in layout.panes {
      guard let rows = PaneTable.pane(pane).wantedHeight(self, width: max(0, area.width - 2)),
        rows + 2 > self.layout.heights[pane]?[area.width] ?? 0
      else { continue }
      self.layout.heights[pane] = [area.width: rows + 2]
    }
  }
}
