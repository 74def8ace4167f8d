import Arrays
import Datasets

/// A layer's weights as a picture: a tile for each unit, blue below 0, white at 0 and red above.
struct WeightPicture {
  /// The picture's width in pixels.
  let width: Int
  /// The picture's height in pixels.
  let height: Int
  /// Red, green and blue of each pixel, row by row.
  let pixels: [UInt8]

  private static let mostUnits = 64
  private static let tileSize = 28

  /// The picture of weights `[units, rows × columns]`, or of a convolution's `[units, channels, rows, columns]`.
  ///
  /// - Returns: nil where the inputs of a unit are no square picture of 4×4 to 128×128, nor a kernel.
  init?(_ weights: RawArray) {
    guard let units = weights.shape.first, units > 0, weights.count > 0 else { return nil }
    let inputs = weights.count / units
    let (rows, columns): (Int, Int)
    switch weights.shape.count {
    case 2:
      let side = Int(Double(inputs).squareRoot().rounded())
      guard side * side == inputs, (4...128).contains(side) else { return nil }
      (rows, columns) = (side, side)
    case 4:
      (rows, columns) = (weights.shape[2], weights.shape[3])
      guard (1...128).contains(rows), (1...128).contains(columns) else { return nil }
    default: return nil
    }
    // Of a convolution each unit has a kernel for each channel.
    let tiles = min(units * (inputs / (rows * columns)), WeightPicture.mostUnits)
    let values = WeightPicture.first(tiles * rows * columns, of: weights)
    let greatest = values.lazy.filter(\.isFinite).map(abs).max() ?? 0
    let zoom = max(1, WeightPicture.tileSize / max(rows, columns))
    let across = Int(Double(tiles).squareRoot().rounded(.up))
    let (tileWidth, tileHeight) = (columns * zoom + 1, rows * zoom + 1)
    width = across * tileWidth + 1
    height = (tiles + across - 1) / across * tileHeight + 1
    var pixels = [UInt8](repeating: 128, count: width * height * 3)
    for tile in 0..<tiles {
      let (top, left) = (tile / across * tileHeight + 1, tile % across * tileWidth + 1)
      for y in 0..<rows * zoom {
        for x in 0..<columns * zoom {
          let value = values[(tile * rows + y / zoom) * columns + x / zoom]
          let place = 3 * ((top + y) * width + left + x)
          pixels.replaceSubrange(place..<place + 3, with: WeightPicture.color(value, greatest))
        }
      }
    }
    self.pixels = pixels
  }

  private static func first(_ count: Int, of array: RawArray) -> [Double] {
    RawArray(
      checkedType: array.elementType, shape: [count],
      bytes: Array(array.bytes.prefix(count * array.elementType.byteCount))
    ).doubles()
  }

  private static func color(_ value: Double, _ greatest: Double) -> [UInt8] {
    guard value.isFinite else { return [255, 255, 0] }
    let share = greatest > 0 ? min(1, abs(value / greatest)) : 0
    let faded = UInt8((255 * (1 - share)).rounded())
    return value < 0 ? [faded, faded, 255] : [255, faded, faded]
  }

  /// The picture for an event file.
  var message: Tensorboard_Summary.Image {
    var image = Tensorboard_Summary.Image()
    (image.height, image.width, image.colorspace) = (Int32(height), Int32(width), 3)
    image.encodedImageString = PNGFile.encoded(width: width, height: height, pixels: pixels)
    return image
  }
}
