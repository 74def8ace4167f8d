/// The row of every layer, and the turns of the lines between them.
struct GraphRows {
  /// The first row of each layer.
  private(set) var top: [Int] = []
  /// The first row below each layer.
  private(set) var bottom: [Int] = []
  /// The turns between each layer and the next.
  private(set) var tracks: [GraphTracks] = []
  /// The place of each segment among those of its gap.
  private(set) var place: [Int]

  init(
    _ items: GraphItems, _ ordering: GraphOrdering, _ columns: GraphColumns, _ clusters: GraphClusters
  ) {
    place = [Int](repeating: -1, count: items.upper.count)
    var row = 0
    for (index, layer) in ordering.layers.enumerated() {
      let rows = layer.reduce(1) { max($0, items.box[$1] < 0 ? 1 : clusters.rows[items.box[$1]]) }
      top.append(row)
      bottom.append(row + rows)
      var ends: [GraphTracks.Segment] = []
      for item in layer {
        for segment in items.below[item] {
          let lower = items.lower[segment]
          place[segment] = ends.count
          ends.append(
            GraphTracks.Segment(
              upperPlace: ordering.position[item], lowerPlace: ordering.position[lower],
              upperColumn: columns.column[item], lowerColumn: columns.column[lower]))
        }
      }
      let below = index + 1 < ordering.layers.count ? ordering.layers[index + 1].count : 0
      tracks.append(GraphTracks(ends, upperCount: layer.count, lowerCount: below))
      // A line must be seen between two boxes; beside or within a box of two rows it is.
      row += rows + max(tracks[index].rows, rows > 1 && !ends.isEmpty ? 0 : 1)
    }
  }
}
