import TerminalUI
import Testing

struct ImageGalleryTests {
  /// Images of 4×4 dots whose numbers go on from one image to the next.
  private func gallery(_ count: Int, cursor: ImageGallery.Place? = nil) -> ImageGallery {
    let values = (0..<count * 16).map { Float($0) }
    return ImageGallery(
      values: values, rows: 4, columns: 4, scale: HeatMapScale(values, rule: .full), colorMap: .viridis,
      cursor: cursor)
  }

  private func place(_ image: Int, _ row: Int, _ column: Int) -> ImageGallery.Place {
    ImageGallery.Place(image: image, dot: Matrix.Place(row: row, column: column))
  }

  @Test func imagesStandSideBySideOverTheirNumbers() {
    // Without half blocks a dot is one row high and two columns wide.
    let drawn = lines(gallery(2), 20, 6)
    #expect(drawn[0].count == 8 + 1 + 8)
    #expect(drawn[4].hasPrefix("0        1"))
    #expect(drawn[5].hasPrefix("0 "))
  }

  @Test func fewImagesAreEnlargedAndManyComeInPages() {
    let area = Rect(x: 0, y: 0, width: 40, height: 12)
    #expect(gallery(2).page(area: area, capabilities: .full) == 0..<2)
    #expect(lines(gallery(2), 40, 12, .full)[8].hasPrefix("0"))
    let first = gallery(100).page(area: area, capabilities: .full)
    #expect(first == 0..<24)
    #expect(gallery(100, cursor: place(60, 0, 0)).page(area: area, capabilities: .full) == 48..<72)
    #expect(lines(gallery(100), 40, 12, .full).contains { $0.contains("0–23 of 100") })
    #expect(gallery(100, cursor: place(99, 0, 0)).page(area: area, capabilities: .full) == 96..<100)
  }

  @Test func largeImagesAreShrunkUntilSomeFit() {
    let values = (0..<10 * 784).map { Float($0 % 17) }
    let large = ImageGallery(
      values: values, rows: 28, columns: 28, scale: HeatMapScale(values, rule: .full), colorMap: .grey)
    let area = Rect(x: 0, y: 0, width: 62, height: 10)
    #expect(large.page(area: area, capabilities: .full).count >= 6)
    #expect(lines(large, 80, 10, .full).contains { $0.contains("max|·| of 3×3") })
  }

  @Test func aCellOfTheScreenIsADotOfAnImage() {
    let gallery = gallery(100)
    let area = Rect(x: 3, y: 2, width: 40, height: 12)
    #expect(gallery.place(atX: 3, y: 2, area: area, capabilities: .full) == place(0, 0, 0))
    #expect(gallery.place(atX: 3 + 5 + 2, y: 3, area: area, capabilities: .full)?.image == 1)
    #expect(gallery.place(atX: 3 + 5 + 2, y: 3, area: area, capabilities: .full)?.dot.column == 2)
    #expect(gallery.place(atX: 3 + 4, y: 2, area: area, capabilities: .full) == nil)
    #expect(gallery.place(atX: 0, y: 0, area: area, capabilities: .full) == nil)
  }

  @Test func theChosenImageIsMarked() {
    #expect(lines(gallery(4, cursor: place(2, 1, 1)), 60, 5, .full).contains { $0.contains("▸2") })
  }

  @Test func aGalleryStaysInItsArea() {
    #expect(staysInside(gallery(30, cursor: place(29, 3, 3))))
    #expect(staysInside(gallery(0)))
    #expect(staysInside(gallery(1, cursor: place(-4, 9, 9))))
    let broken = ImageGallery(
      values: [.nan, .infinity, 1, 2], rows: 2, columns: 2, scale: HeatMapScale([1], rule: .full),
      colorMap: .grey)
    #expect(staysInside(broken))
  }
}
