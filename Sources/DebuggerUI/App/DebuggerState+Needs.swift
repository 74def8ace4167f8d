import Trace

extension DebuggerState {
  /// What the panes on the screen show beyond what every moment has.
  package var needs: ScreenNeeds {
    ScreenNeeds(
      sketches: areas[.graph] == nil ? [] : graph.sketched,
      regions: batchView == .samples ? areas[.batch].flatMap(RegionMap.dots) : nil,
      figures: wantedFigures)
  }
}
