/// The grey images of an IDX file, kept as the bytes they came in.
public struct IDXImages: Equatable, Sendable {
  /// The number of images.
  public let count: Int
  /// The height of every image, in pixels.
  public let rows: Int
  /// The width of every image, in pixels.
  public let columns: Int
  /// All pixels, image after image, each row by row. **Shapes**: `[count, rows, columns]`, flattened.
  public let pixels: ArraySlice<UInt8>

  /// Reads an image file, plain or gzip.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - source: The name to put in an error.
  /// - Throws: `DatasetError.malformed` for a wrong magic number, a size that the header does not
  ///   justify, or damaged compression.
  public init(bytes: [UInt8], source: String) throws(DatasetError) {
    let (dimensions, content) = try IDXFile(format: .idxImages, source: source).read(bytes)
    count = dimensions[0]
    rows = dimensions[1]
    columns = dimensions[2]
    pixels = content
  }

  private init(count: Int, rows: Int, columns: Int, pixels: ArraySlice<UInt8>) {
    (self.count, self.rows, self.columns, self.pixels) = (count, rows, columns, pixels)
  }

  /// The same images with rows and columns exchanged.
  public var transposed: IDXImages {
    let size = pixelsPerImage
    let turned = [UInt8](unsafeUninitializedCapacity: pixels.count) { result, written in
      pixels.withUnsafeBufferPointer { pixels in
        for image in 0..<count {
          for row in 0..<rows {
            for column in 0..<columns {
              result.initializeElement(
                at: image * size + column * rows + row, to: pixels[image * size + row * columns + column])
            }
          }
        }
      }
      written = pixels.count
    }
    return IDXImages(count: count, rows: columns, columns: rows, pixels: turned[...])
  }

  /// The number of pixels of one image.
  public var pixelsPerImage: Int { rows * columns }

  /// The pixels of one image, or `nil` if there is no such image. **Shapes**: `[rows, columns]`, flattened.
  public func image(at index: Int) -> ArraySlice<UInt8>? {
    guard index >= 0, index < count else { return nil }
    let start = pixels.startIndex + index * pixelsPerImage
    return pixels[start..<start + pixelsPerImage]
  }
}
