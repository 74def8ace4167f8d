import Autograd
import CKernels

/// Labelled images as inputs for a network, gathered straight from their bytes.
///
/// A pixel has only 256 values, so all transforms together are one table of 256 numbers. Each is computed
/// as PyTorch computes it, step by step in float32, so batches are equal to PyTorch's bit by bit.
public struct ImageDataset: Dataset {
  /// The images and labels.
  public let data: LabelledImages
  /// The input value of each pixel value.
  private let inputForPixel: [Float]

  /// A dataset of the given images.
  ///
  /// - Parameters:
  ///   - data: The images and labels.
  ///   - transforms: What to do to every pixel, in order.
  public init(_ data: LabelledImages, transforms: [any Transform] = [ToTensor()]) {
    self.data = data
    inputForPixel = (0...255).map { pixel in
      transforms.reduce(Float(pixel)) { value, transform in transform(value) }
    }
  }

  /// The set's name.
  public var name: String { data.name }
  /// The number of images.
  public var count: Int { data.count }
  /// The number of pixels of an image.
  public var featureCount: Int { data.images.pixelsPerImage }
  /// The names of the classes.
  public var classNames: [String] { data.classNames }
  /// Rows and columns of an image.
  public var imageSize: (rows: Int, columns: Int)? { (data.images.rows, data.images.columns) }

  /// Gathers images. **Shapes**: inputs `[batch, rows × columns]`, targets `[batch]`.
  ///
  /// - Parameter indices: The images' indices.
  /// - Returns: The batch: float32 inputs and int64 class numbers.
  /// - Throws: `DatasetError.indexOutOfRange` for an index that names no image.
  public func batch(at indices: [Int]) throws -> Batch {
    try check(indices)
    let size = featureCount
    let pool = ExecutionContext.current.pool
    let inputs = Tensor(filling: [indices.count, size], with: Float.self, pool: pool) { inputs in
      data.images.pixels.withUnsafeBufferPointer { pixels in
        inputForPixel.withUnsafeBufferPointer { inputForPixel in
          indices.withUnsafeBufferPointer { indices in
            gather(indices, pixels.baseAddress, inputForPixel.baseAddress, into: inputs.baseAddress)
          }
        }
      }
    }
    let labels = data.labels.values
    let targets = Tensor(filling: [indices.count], with: Int64.self, pool: pool) { targets in
      for (row, index) in indices.enumerated() { targets[row] = Int64(labels[labels.startIndex + index]) }
    }
    return Batch(inputs: inputs, targets: targets, indices: indices)
  }
  private func gather(
    _ indices: UnsafeBufferPointer<Int>, _ pixels: UnsafePointer<UInt8>?,
    _ inputForPixel: UnsafePointer<Float>?,
    into inputs: UnsafeMutablePointer<Float>?
  ) {
    guard let pixels, let inputForPixel, let inputs, let first = indices.baseAddress else { return }
    let size = featureCount
    ParallelLoop.run(indices.count, weight: size) { part in
      let start = part.lowerBound
      tapedeck_gather_images(
        part.count, first + start, pixels, size, inputForPixel, inputs + start * size)
    }
  }
}
